namespace S3Lister.Tests.RuntimeApi.Support;

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

    /// <summary>Waits until the process is gone; fails after some seconds.</summary>
    public static async Task WaitForEndAsync(int id)
    {
        for (var i = 0; IsRunning(id); i++)
        {
            Assert.True(i < 500, $"Process {id} still runs.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
