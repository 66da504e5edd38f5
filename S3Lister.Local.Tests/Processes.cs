namespace S3Lister.Local.Tests;

internal static class Processes
{
    /// <summary>Whether the process runs; one that has ended and is not yet reaped does not.</summary>
    public static bool IsRunning(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Waits until the process is gone; fails after a minute.</summary>
    public static async Task WaitForEndAsync(int id)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (IsRunning(id))
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(1), $"Process {id} still runs.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
