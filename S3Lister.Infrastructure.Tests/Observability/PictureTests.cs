namespace S3Lister.Infrastructure.Tests.Observability;

public sealed class PictureTests
{
    [Fact]
    public async Task Pictures_Show_The_Dashboards_As_They_Are()
    {
        var run = await ExternalProgram.Python.RunAsync(Repository.Path("infrastructure/dashboards/render.py"), "--check");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }
}
