using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using S3Lister.EndToEnd.Tests.RestApi;
using S3Lister.Local;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.EndToEnd.Tests;

/// <summary>Which authorities the real executable trusts, in front of an S3 over TLS.</summary>
public sealed class TrustedRootsTests : IDisposable
{
    private static readonly string AmazonRoots = Path.Combine(Path.GetDirectoryName(BuildOutput.Function)!, "amazon-roots.pem");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Authorities_In_The_Bundle_Are_Trusted_And_No_Others(string priming)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The setting is for Linux only.");
        using var certificate = Certificate();
        var bundle = Path.Combine(_folder.FullName, "roots.pem");
        await File.WriteAllTextAsync(bundle, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var bucket = await TestBucket.StartAsync(
            TestBucket.Store(["a"]),
            options => options with { Tls = new LoopbackTls(SslStreamCertificateContext.Create(certificate, null, offline: true), TimeSpan.Zero) });

        Assert.Equal((200, 1), await ListAsync(bucket, bundle, priming));
        bucket.Server.Requests.Reset();
        Assert.Equal((503, 0), await ListAsync(bucket, AmazonRoots, priming));
    }

    /// <summary>A store that replaced one of these roots by its own would be trusted.</summary>
    [Fact]
    public void Roots_Of_Amazon_Are_Those_That_The_Operating_System_Trusts()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems load a root when it is first used.");
        X509Certificate2Collection roots = [];
        roots.ImportFromPemFile(AmazonRoots);
        using X509Store store = new(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);

        Assert.Equal(
            ["Amazon Root CA 1", "Amazon Root CA 2", "Amazon Root CA 3", "Amazon Root CA 4", "Starfield Services Root Certificate Authority - G2"],
            roots.Select(root => root.GetNameInfo(X509NameType.SimpleName, false)));
        Assert.All(roots, root => Assert.Contains(root, store.Certificates));
    }

    private static async Task<(int Status, long Requests)> ListAsync(TestBucket bucket, string bundle, string priming)
    {
        await using var function = await FunctionHost.StartAsync(
            RunningRestApi.Options("ListObjects", bucket, ("S3LISTER_TRUSTED_ROOTS", bundle), ("S3LISTER_PRIMING", priming)),
            TestContext.Current.CancellationToken);
        var result = await function.InvokeAsync(RestEvent.Get("/objects", "", RestCaller.Auditor, []));
        return (RestResponse.Read(result.Payload).Status, bucket.Server.Requests.Total);
    }

    /// <summary>The server's certificate and its authority in one.</summary>
    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        CertificateRequest request = new("CN=s3.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
