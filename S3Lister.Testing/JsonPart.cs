using System.Text.Json;

namespace S3Lister.Testing;

/// <summary>Compares an example of the documentation with a whole response.</summary>
internal static class JsonPart
{
    /// <summary>
    /// Fields that the example leaves out may be anything; lists are as long as they are; a text may end in <c>…</c>.
    /// </summary>
    public static void Assert(JsonElement example, JsonElement actual, string path = "$")
    {
        switch (example.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in example.EnumerateObject())
                {
                    Xunit.Assert.True(actual.TryGetProperty(field.Name, out var value), $"{path} has no {field.Name}: {actual}");
                    Assert(field.Value, value, $"{path}.{field.Name}");
                }

                break;
            case JsonValueKind.Array:
                Xunit.Assert.Equal((path, example.GetArrayLength()), (path, actual.GetArrayLength()));
                foreach (var (index, pair) in example.EnumerateArray().Zip(actual.EnumerateArray()).Index())
                {
                    Assert(pair.First, pair.Second, $"{path}[{index}]");
                }

                break;
            case JsonValueKind.String when example.GetString() is { } text && text.EndsWith('…'):
                Xunit.Assert.StartsWith(text[..^1], actual.GetString(), StringComparison.Ordinal);
                break;
            default:
                Xunit.Assert.Equal((path, example.GetRawText()), (path, actual.GetRawText()));
                break;
        }
    }
}
