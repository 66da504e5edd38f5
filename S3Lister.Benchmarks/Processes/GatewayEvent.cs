using S3Lister.Local;
using S3Lister.Local.Gateway;
using S3Lister.Local.RuntimeApi;
using S3Lister.Local.SigV4;
using Route = S3Lister.Local.Gateway.Route;

namespace S3Lister.Benchmarks.Processes;

/// <summary>Creates events in the form of the local gateway.</summary>
internal static class GatewayEvent
{
    public static ReadOnlyMemory<byte> Get(string path, string query, string? acceptEncoding = null)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new("accept", "*/*"),
            new("host", "abcdefghij.execute-api.us-east-1.amazonaws.com"),
            new("user-agent", "Boto3/1.40 md/Botocore#1.40 ua/2.1 os/linux"),
            new("x-amz-date", "20261123T181929Z"),
        ];
        if (acceptEncoding is not null)
        {
            headers.Add(new("accept-encoding", acceptEncoding));
        }

        var time = TimeProvider.System;
        return ProxyEventWriter.Write(new ProxyEvent
        {
            Request = new SignedRequest("GET", query.Length == 0 ? path : $"{path}?{query}", headers, null),
            Match = new RouteMatch(new Route("GET", path, "Function", RequiresIam: true), new Dictionary<string, string>()),
            Path = path,
            Protocol = "HTTP/1.1",
            SourceIp = "192.0.2.1",
            Port = 443,
            RequestId = "JKJaXmPLvHcESHA=",
            TraceRoot = TraceId.NewRoot(time),
            Time = time.GetUtcNow(),
            AccountId = LocalIdentities.AccountId,
            ApiId = "abcdefghij",
            Caller = LocalIdentities.User,
        });
    }
}
