using System.Text.Json;

namespace S3Lister.Benchmarks.Processes;

/// <summary>A function's answer, read as API Gateway reads it.</summary>
internal static class Answer
{
    /// <summary>The body as it goes to the caller, and whether it was in base64, as what is compressed must be.</summary>
    /// <exception cref="BenchmarkException">It is not a 200.</exception>
    public static (byte[] Body, bool IsBase64) Body(ReadOnlyMemory<byte> answer)
    {
        using var document = JsonDocument.Parse(answer);
        var envelope = document.RootElement;
        var body = envelope.GetProperty("body");
        if (envelope.GetProperty("statusCode").GetInt32() != 200)
        {
            throw new BenchmarkException($"The function answers {envelope.GetProperty("statusCode")}: {body}");
        }

        var isBase64 = envelope.TryGetProperty("isBase64Encoded", out var flag) && flag.GetBoolean();
        return (isBase64 ? body.GetBytesFromBase64() : System.Text.Encoding.UTF8.GetBytes(body.GetString()!), isBase64);
    }

    /// <returns>The body's bytes.</returns>
    /// <exception cref="BenchmarkException">It is not a page with so many keys.</exception>
    public static int Check(ReadOnlyMemory<byte> answer, int keys)
    {
        var (body, _) = Body(answer);
        using var page = JsonDocument.Parse(body);
        var contents = page.RootElement.GetProperty("contents").GetArrayLength();
        if (contents != keys)
        {
            throw new BenchmarkException($"The function answers a page of {contents} keys instead of {keys}.");
        }

        return body.Length;
    }
}
