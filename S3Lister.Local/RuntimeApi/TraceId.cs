using System.Globalization;
using System.Security.Cryptography;

namespace S3Lister.Local.RuntimeApi;

/// <summary>Values of <c>X-Amzn-Trace-Id</c>, never sampled.</summary>
internal static class TraceId
{
    public static string New(TimeProvider time) => Complete(NewRoot(time));

    /// <summary><c>Root=1-…</c>, what API Gateway adds to a request.</summary>
    public static string NewRoot(TimeProvider time) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Root=1-{time.GetUtcNow().ToUnixTimeSeconds():x8}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}");

    /// <summary>The value that Lambda passes to the function for that root.</summary>
    public static string Complete(string root) =>
        $"{root};Parent={Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))};Sampled=0";
}
