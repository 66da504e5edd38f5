namespace S3Lister.Infrastructure.Tests.Observability;

public sealed class PictureTests
{
    private static readonly ExternalProgram Python = ExternalProgram.PythonWith("yaml", "PyYAML, with `pip install -r eng/requirements.txt`");

    [Fact]
    public async Task Pictures_Are_Those_Of_The_Dashboards_As_They_Are()
    {
        var render = await Python.RunAsync(Repository.Path("infrastructure/dashboards/render.py"), "--check");

        Assert.Equal("", render.Error);
        Assert.Equal(0, render.ExitCode);
    }
}
