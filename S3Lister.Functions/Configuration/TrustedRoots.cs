using System.Runtime.InteropServices;

namespace S3Lister.Functions.Configuration;

/// <summary>The certificate authorities that the process trusts.</summary>
internal static partial class TrustedRoots
{
    public const string Amazon = "amazon";
    public const string System = "system";

    /// <summary>
    /// The roots of Amazon Trust Services, in the package: those of S3's endpoints in the partition "aws".
    /// </summary>
    /// <seealso href="https://www.amazontrust.com/repository/"/>
    public static string AmazonFile => Path.Combine(AppContext.BaseDirectory, "amazon-roots.pem");

    /// <param name="options">The settings.</param>
    /// <param name="partition">The partition of the region; null if there is no region.</param>
    /// <returns>The PEM file of the authorities to trust; null for the operating system's.</returns>
    public static string? File(ListerOptions options, string? partition) => options.TrustedRoots switch
    {
        _ when !OperatingSystem.IsLinux() => null,
        System => null,
        Amazon => options.Endpoint is null && partition == "aws" ? AmazonFile : null,
        var file => file,
    };

    public static bool HasCertificates(string file)
    {
        try
        {
            return global::System.IO.File.ReadAllText(file).Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Trusts the authorities in this file, and no others. Otherwise, .NET reads the operating system's 140 in each process,
    /// even if a connection trusts only others.
    /// </summary>
    /// <remarks>
    /// .NET reads the variables of the process, which <see cref="Environment.SetEnvironmentVariable(string, string?)"/> does not
    /// change. They must be set before the first connection. Lambda's extensions are other processes and do not see them.
    /// </remarks>
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
