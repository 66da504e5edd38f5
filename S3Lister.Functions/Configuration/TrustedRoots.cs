using System.Runtime.InteropServices;

namespace S3Lister.Functions.Configuration;

/// <summary>The certificate authorities that the process trusts.</summary>
internal static partial class TrustedRoots
{
    /// <summary>
    /// Trusts the authorities in this file, and no others. .NET reads the operating system's 140 otherwise, which takes 30 ms of
    /// CPU time in each process, even if a connection trusts only others.
    /// </summary>
    /// <remarks>
    /// .NET reads the variables of the process, which <see cref="Environment.SetEnvironmentVariable(string, string?)"/> does not
    /// change. They must be set before the first connection. Lambda's extensions are other processes and do not see them.
    /// </remarks>
    /// <param name="file">The path of a PEM file.</param>
    public static void Use(string file)
    {
        Set("SSL_CERT_FILE", file);
        Set("SSL_CERT_DIR", "/var/empty");
    }

    private static void Set(string name, string value)
    {
        if (SetVariable(name, value, overwrite: 1) != 0)
        {
            throw new InvalidOperationException($"The variable {name} cannot be set.");
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
