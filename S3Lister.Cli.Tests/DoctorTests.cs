using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using S3Lister.Local;

namespace S3Lister.Cli.Tests;

/// <summary>Each mistake has its own diagnosis, next step and exit code. That everything works is one of the golden files.</summary>
public sealed class DoctorTests(SampleApi sample) : IClassFixture<SampleApi>
{
    [Fact]
    public async Task No_Api()
    {
        using Cli cli = new(null, LocalIdentities.User);

        await AssertDiagnosisAsync(cli, 2, "api", "No API: use --api URL");
    }

    [Fact]
    public async Task Another_Server()
    {
        await using var server = await RespondAsync(404, "{}");
        using Cli cli = new(server.Url, LocalIdentities.User);

        await AssertDiagnosisAsync(cli, 2, "api", "Compare the URL");
    }

    [Fact]
    public async Task Dns()
    {
        using Cli cli = new(new Uri("http://s3lister.invalid"), LocalIdentities.User);

        await AssertDiagnosisAsync(cli, 4, "dns", "s3lister.invalid is not found");
    }

    [Fact]
    public async Task Tls()
    {
        using var key = ECDsa.Create();
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        LoopbackTls tls = new(SslStreamCertificateContext.Create(certificate, null), TimeSpan.Zero);
        await using var bucket = await TestBucket.StartAsync(TestBucket.Store([]), options => options with { Tls = tls });
        using Cli cli = new(bucket.Server.Endpoint, LocalIdentities.User);

        await AssertDiagnosisAsync(cli, 4, "tls", "set SSL_CERT_FILE");
    }

    [Fact]
    public async Task Clock()
    {
        await using var server = await RespondAsync(403, "{}", DateTimeOffset.FromUnixTimeSeconds(1_000_000_000));
        using Cli cli = new(server.Url, LocalIdentities.User);

        await AssertDiagnosisAsync(cli, 3, "clock", "Set the clock");
    }

    [Fact]
    public async Task No_Credentials()
    {
        using Cli cli = new(sample.Api.Url, identity: null);

        await AssertDiagnosisAsync(cli, 3, "credentials", "`aws sts get-caller-identity` must work");
    }

    [Fact]
    public async Task Wrong_Region()
    {
        using var cli = Cli.Of(sample);

        await AssertDiagnosisAsync(cli, 3, "region", "Use --region us-east-1.", "--region", "eu-west-1");
    }

    [Fact]
    public async Task Bad_Signature()
    {
        await using var sts = await RespondAsync(
            403,
            """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code>
            <Message>The signature does not match.</Message></Error><RequestId>1</RequestId></ErrorResponse>
            """);
        using var cli = Cli.Of(sample);
        cli.Set("AWS_SECRET_ACCESS_KEY", "mistyped");
        cli.Set("AWS_ENDPOINT_URL_STS", sts.Url.GetLeftPart(UriPartial.Authority));

        await AssertDiagnosisAsync(cli, 3, "signature", "(SignatureDoesNotMatch)");
    }

    [Fact]
    public async Task No_Permission_To_Invoke()
    {
        await using var sts = await RespondAsync(
            200,
            """
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
            <Arn>arn:aws:iam::123456789012:user/nobody</Arn><UserId>AIDA</UserId><Account>123456789012</Account></GetCallerIdentityResult>
            </GetCallerIdentityResponse>
            """);
        await using var api = await RespondAsync(403, """{"message":"Forbidden"}""");
        using Cli cli = new(api.Url, LocalIdentities.User);
        cli.Set("AWS_ENDPOINT_URL_STS", sts.Url.GetLeftPart(UriPartial.Authority));

        await AssertDiagnosisAsync(cli, 3, "permission", "arn:aws:iam::123456789012:user/nobody may not call the API.");
    }

    [Fact]
    public async Task No_Grant()
    {
        await using var api = await RespondAsync(
            200,
            """{"principal":"arn:aws:iam::123456789012:role/r","bucket":"b","region":"us-east-1","prefixes":[],"limits":{"scanBudget":1,"requestBudget":1,"maxKeys":1},"version":"1"}""");
        using Cli cli = new(api.Url, LocalIdentities.User);

        await AssertDiagnosisAsync(cli, 3, "grants", "Have arn:aws:iam::123456789012:role/r added to the parameter Grants");
    }

    [Fact]
    public async Task Bucket_That_Cannot_Be_Listed()
    {
        await using var api = await FaultyApi.StartAsync(sample.Api.Url);
        api.Handle = async (context, _) =>
        {
            if (context.Request.Path != "/health")
            {
                return false;
            }

            context.Response.StatusCode = 503;
            await context.Response.WriteAsync("""{"status":"unavailable","cause":"NoSuchBucket","region":null,"version":"1"}""");
            return true;
        };
        using Cli cli = new(api.Url, LocalIdentities.User);

        await AssertDiagnosisAsync(cli, 4, "bucket", "Check the parameter BucketName of the stack.");
    }

    private static async Task<FaultyApi> RespondAsync(int status, string body, DateTimeOffset? date = null)
    {
        var api = await FaultyApi.StartAsync(null);
        api.Handle = async (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Date = (date ?? TimeProvider.System.GetUtcNow()).ToString("R", CultureInfo.InvariantCulture);
            await context.Response.WriteAsync(body);
            return true;
        };
        return api;
    }

    private static async Task AssertDiagnosisAsync(Cli cli, int exitCode, string check, string text, params string[] options)
    {
        var run = await cli.RunAsync(["doctor", .. options]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        var failed = Assert.Single(run.Output.Split('\n'), line => line.StartsWith("FAILED", StringComparison.Ordinal));
        Assert.StartsWith($"FAILED  {check} ", failed, StringComparison.Ordinal);
        Assert.Contains(text, run.Output[run.Output.IndexOf("FAILED", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }
}
