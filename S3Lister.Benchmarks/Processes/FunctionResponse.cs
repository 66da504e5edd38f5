using System.Text.Json;

namespace S3Lister.Benchmarks.Processes;

/// <summary>Reads a function's response as API Gateway does.</summary>
internal static class FunctionResponse
{
    /// <summary>The body that the caller receives, and whether it was in base64, which compressed bodies require.</summary>
    /// <exception cref="BenchmarkException">The status is not 200.</exception>
    public static (byte[] Body, bool IsBase64) Body(ReadOnlyMemory<byte> response)
    {
        using var document = JsonDocument.Parse(response);
        var envelope = document.RootElement;
        var body = envelope.GetProperty("body");
        if (envelope.GetProperty("statusCode").GetInt32() != 200)
        {
            throw new BenchmarkException($"The function responds with {envelope.GetProperty("statusCode")}: {body}");
        }

        var isBase64 = envelope.TryGetProperty("isBase64Encoded", out var flag) && flag.GetBoolean();
        return (isBase64 ? body.GetBytesFromBase64() : System.Text.Encoding.UTF8.GetBytes(body.GetString()!), isBase64);
    }

    /// <returns>The body's bytes.</returns>
    /// <exception cref="BenchmarkException">The body is not a page with this number of keys.</exception>
    public static int Check(ReadOnlyMemory<byte> response, int keys)
    {
        var (body, _) = Body(response);
        using var page = JsonDocument.Parse(body);
        var contents = page.RootElement.GetProperty("contents").GetArrayLength();
        if (contents != keys)
        {
            throw new BenchmarkException($"The function returns a page of {contents} keys instead of {keys}.");
        }

        return body.Length;
    }
}
