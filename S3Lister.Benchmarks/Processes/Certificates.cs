using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using S3Lister.Local;

namespace S3Lister.Benchmarks.Processes;

/// <summary>
/// The certificates of one run: a server's certificate with an intermediate and a root, as S3 has them, and files of
/// trusted roots as clients have them.
/// </summary>
internal sealed class Certificates
{
    /// <summary>The number of roots that an operating system trusts besides the server's: about as many as Debian 12, which trusts 144.</summary>
    private const int PublicRoots = 140;

    /// <summary>The number of roots of Amazon Trust Services besides the server's.</summary>
    private const int OtherAmazonRoots = 4;

    /// <summary>The round trips of TCP's and TLS 1.3's handshakes within a region.</summary>
    private static readonly TimeSpan RoundTrips = TimeSpan.FromMilliseconds(1);

    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-1);
    private static readonly DateTimeOffset Until = From.AddDays(30);

    private Certificates(string folder, LoopbackTls tls) => (Folder, Tls) = (folder, tls);

    public string Folder { get; }

    public LoopbackTls Tls { get; }

    /// <summary>A PEM file with as many roots as an operating system trusts, one of them the server's.</summary>
    public string SystemBundle => Path.Combine(Folder, "system.pem");

    /// <summary>A PEM file with as many roots as Amazon Trust Services has, one of them the server's.</summary>
    public string AmazonBundle => Path.Combine(Folder, "amazon.pem");

    /// <summary>A PEM file with the server's root only.</summary>
    public string SingleBundle => Path.Combine(Folder, "single.pem");

    /// <summary>Makes new certificates and writes the bundles to a folder.</summary>
    public static Certificates Create(string folder)
    {
        using var rootKey = RSA.Create(2048);
        using var intermediateKey = RSA.Create(2048);
        using var serverKey = RSA.Create(2048);
        using var root = Authority("S3", rootKey);
        var request = Request("S3 intermediate", intermediateKey, isAuthority: true);
        using var unsigned = request.Create(root, From, Until, [2]);
        using var intermediate = unsigned.CopyWithPrivateKey(intermediateKey);
        request = Request("S3", serverKey, isAuthority: false);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var server = request.Create(intermediate, From, Until, [3]).CopyWithPrivateKey(serverKey);
        X509Certificate2Collection sent = [X509CertificateLoader.LoadCertificate(intermediate.RawData)];
        Certificates certificates = new(
            Directory.CreateDirectory(folder).FullName,
            new LoopbackTls(SslStreamCertificateContext.Create(server, sent, offline: true), RoundTrips));

        string[] others = [.. OtherAuthorities()];
        var own = root.ExportCertificatePem();
        File.WriteAllLines(certificates.SystemBundle, [.. others, own]);
        File.WriteAllLines(certificates.AmazonBundle, [.. others[..OtherAmazonRoots], own]);
        File.WriteAllText(certificates.SingleBundle, own);
        return certificates;
    }

    /// <summary>The variables by which .NET and Go, boto3 and Node.js find the roots of the operating system.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Trust(string bundle) =>
    [
        new("SSL_CERT_FILE", bundle),
        new("SSL_CERT_DIR", "/var/empty"),
        new("AWS_CA_BUNDLE", bundle),
        new("NODE_EXTRA_CA_CERTS", bundle),
    ];

    /// <summary>
    /// Roots with the kinds of keys that public ones have: half RSA with 4096 bits, a quarter with 2048, a quarter EC. Of Debian
    /// 12's 144 roots, these are 62, 47 and 35.
    /// </summary>
    private static IEnumerable<string> OtherAuthorities()
    {
        using var large = RSA.Create(4096);
        using var small = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        AsymmetricAlgorithm[] keys = [large, small, large, curve];
        for (var i = 0; i < PublicRoots; i++)
        {
            using var authority = Authority($"Public root {i}", keys[i % keys.Length]);
            yield return authority.ExportCertificatePem();
        }
    }

    private static X509Certificate2 Authority(string name, AsymmetricAlgorithm key) => Request(name, key, isAuthority: true).CreateSelfSigned(From, Until);

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key, bool isAuthority)
    {
        X500DistinguishedName subject = new($"C=US, O=S3Lister benchmarks, CN={name}");
        CertificateRequest request = key is ECDsa curve
            ? new(subject, curve, HashAlgorithmName.SHA384)
            : new(subject, (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            isAuthority ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : X509KeyUsageFlags.DigitalSignature, critical: true));
        return request;
    }
}
