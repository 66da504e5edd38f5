using System.Runtime.InteropServices;

namespace S3Lister.Local.Tests.EmbeddedS3;

/// <summary>Runs code that may not read every file, also where the tests run as the superuser.</summary>
internal static class OrdinaryUser
{
    /// <summary>The user who owns nothing.</summary>
    private const uint Nobody = 65534;

    /// <param name="action">Runs on a thread of its own: to Linux, a thread has a file system user of its own.</param>
    public static void Run(Action action)
    {
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                if (Environment.IsPrivilegedProcess)
                {
                    _ = SetFileSystemUser(Nobody); // The user before, whom the thread takes to its end.
                }

                action();
            }
#pragma warning disable CA1031 // It is thrown again on the test's thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            throw failure;
        }
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetFileSystemUser(uint user);
}
