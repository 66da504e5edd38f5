using System.Diagnostics;
using S3Lister.Infrastructure.Tests.Support;

namespace S3Lister.Infrastructure.Tests.Observability;

public sealed class PictureTests
{
    [Fact]
    public async Task Pictures_Are_Those_Of_The_Dashboards_As_They_Are()
    {
        using var render = Process.Start(new ProcessStartInfo("python3", [Repository.Path("infrastructure/dashboards/render.py"), "--check"]) { RedirectStandardError = true })!;

        var error = await render.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await render.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", error);
        Assert.Equal(0, render.ExitCode);
    }
}
