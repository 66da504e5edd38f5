using System.Globalization;
using System.Text.Json;
using S3Lister.Functions.Objects;
using S3Lister.Functions.Query;
using S3Lister.Functions.Summary;
using S3Lister.Listing.Ranges;

namespace S3Lister.Documentation.Tests.OpenApi;

/// <summary>Compares the parameters of docs/openapi.json with the code.</summary>
public sealed class ParameterTests
{
    private static readonly string[] Sizes = ["0", "1023", "1KiB", "8MiB", "16GiB", "8388607TiB", "9223372036854775807"];
    private static readonly string[] NoSizes = ["", "-1", "+1", "1.5MiB", "KiB", "1 KiB", "1kib", "1KB", "0x10"];

    private static readonly string[] Instants =
    [
        "2026-11-23T18:19:29Z", "2026-11-23T18:19:29.1Z", "2026-11-23T18:19:29.1234567Z", "2026-11-23T18:19:29+01:00",
        "2026-11-23T18:19:29.1234567-05:30", "2026-11-23t18:19:29z", "2026-11-23T18:19:29.123456789Z", "2026-12-31T23:59:60Z",
        "2026-11-23T18:19:29-23:59",
    ];

    private static readonly string[] NoInstants =
    [
        "", "2026-11-23", "2026-11-23T18:19Z", "2026-11-23T18:19:29", "2026-11-23 18:19:29Z",
        "2026-11-23T18:19:29.Z", "2026-11-23T18:19:29.+01:00", "2026-11-23T18:19:29,5Z", "2026-11-23T18:19:29+0100", "2026-11-23T18:19:29 01:00", "1795457969",
    ];

    private const string Objects = "/objects";
    private const string Summary = "/summary";

    public static TheoryData<string, string, string> Rules =>
    [
        .. from route in (string[])[Objects, Summary]
           from parameter in Queries(route)
           from keyword in parameter["schema"].Names
           where keyword is not ("default" or "description")
           select (route, parameter["name"].Text, keyword),
    ];

    public static TheoryData<string, string> Names =>
    [
        .. from route in (string[])[Objects, Summary]
           from parameter in Queries(route)
           select (route, parameter["name"].Text),
    ];

    [Fact]
    public void Parameters_Are_Those_Of_The_Code()
    {
        Assert.Equal(ListObjectsBinder.Parameters.ToArray(), Queries(Objects).Select(parameter => parameter["name"].Text));
        Assert.Equal(SummaryBinder.Parameters.ToArray(), Queries(Summary).Select(parameter => parameter["name"].Text));
        Assert.Equal(
            ListObjectsBinder.Parameters.ToArray().Union(SummaryBinder.Parameters.ToArray()),
            OpenApiNode.Schemas["InvalidParameter"]["properties"]["parameter"]["enum"].Items.Select(name => name.Text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Example_Of_A_Parameter_Is_Accepted(string route, string name)
    {
        var example = Queries(route).Single(parameter => parameter["name"].Text == name)["example"].Value;

        // A token is valid only for this bucket.
        var value = name == ListingParameters.ContinuationToken ? Token(route, 8) : example.ValueKind switch
        {
            JsonValueKind.Array => string.Join(',', example.EnumerateArray().Select(item => item.GetString())),
            _ => example.ToString(),
        };

        Assert.Equal((200, null), await CallAsync(route, name, value));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Rule_Of_A_Parameter_Is_That_Of_The_Code(string route, string name, string keyword)
    {
        var schema = Queries(route).Single(parameter => parameter["name"].Text == name)["schema"];
        var (good, bad) = Edge(route, name, keyword, schema[keyword].Value);

        foreach (var value in good)
        {
            Assert.Equal((value, (200, null)), (value, await CallAsync(route, name, value)));
        }

        foreach (var value in bad)
        {
            Assert.Equal((value, (400, name)), (value, await CallAsync(route, name, value)));
        }

        if (keyword == "pattern")
        {
            Assert.All(good, value => Assert.Matches(schema[keyword].Text, value));
            Assert.All(bad, value => Assert.DoesNotMatch(schema[keyword].Text, value));
        }
    }

    [Fact]
    public async Task Default_Is_That_Of_The_Code()
    {
        var page = (await new S3Double().Responds([]).GetObjectsAsync()).Json;

        Assert.Equal(
            [("max-keys", page.GetProperty("maxKeys").GetRawText()), ("prefix", page.GetProperty("prefix").GetRawText())],
            Defaults(Objects));

        var summary = (await new S3Double().Responds([]).GetSummaryAsync()).Json;

        Assert.Equal(
            [("min-share", "0"), ("prefix", summary.GetProperty("prefix").GetRawText()), ("top", summary.GetProperty("top").GetRawText())],
            Defaults(Summary));

        static IEnumerable<(string, string)> Defaults(string route) => Queries(route)
            .Where(parameter => parameter["schema"].Has("default"))
            .Select(parameter => (parameter["name"].Text, parameter["schema"]["default"].Value.GetRawText()))
            .Order();
    }

    private static IEnumerable<OpenApiNode> Queries(string route) =>
        OpenApiNode.Root["paths"][route]["get"]["parameters"].Items.Where(parameter => parameter["in"].Text == "query");

    /// <summary>Values on both sides of the limit of a JSON Schema keyword.</summary>
    private static (string[] Good, string[] Bad) Edge(string route, string name, string keyword, JsonElement rule) => (name, keyword) switch
    {
        (_, "type") when rule.GetString() == "integer" => (["2"], ["", "one", "1.0", "1e1", " 1", "0x1"]),
        (_, "type") => ([], []),
        (_, "minimum") => ([Number(rule)], [Number(rule, -1)]),
        (_, "maximum") => ([Number(rule)], [Number(rule, +1)]),
        (_, "minLength") => ([Of('a', rule)], [Of('a', rule, -1)]),
        ("continuation-token", "maxLength") => ([Token(route, LongestContent)], [Token(route, LongestContent + 1)]),
        // The limit is in bytes, and a schema can only limit characters.
        (_, "maxLength") => ([Of('a', rule), Of('ü', rule)[..(rule.GetInt32() / 2)]], [Of('a', rule, +1), Of('ü', rule)[..((rule.GetInt32() / 2) + 1)]]),
        ("continuation-token", "pattern") => ([Token(route, 8)], ["", "!", "a b", "a+b", "a/b", $"{Token(route, 8)}="]),
        ("min-size" or "max-size", "pattern") => (Sizes, NoSizes),
        ("modified-after" or "modified-before", "pattern") => (Instants, NoInstants),
        (_, "format") => (Instants, ["2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00+25:00"]),
        (_, "minItems") => ([], [""]),
        ("modified-edges", "maxItems") => ([Edges(rule.GetInt32())], [Edges(rule.GetInt32() + 1)]),
        ("modified-edges", "items") => ([.. Instants, Edges(2)], [.. NoInstants, $"{Edges(2)},", "2026-01-02T00:00:00Z,2026-01-01T00:00:00Z"]),
        (_, "uniqueItems") => ([], ["cube,cube"]),
        (_, "items") => (Listed(rule), ["standard", "NONE", $"{Listed(rule)[0]},", $"{Listed(rule)[0]}, {Listed(rule)[1]}"]),
        _ => throw new NotSupportedException($"Nobody tests {keyword} of {name}."),
    };

    private static string[] Listed(JsonElement items)
    {
        string[] values = [.. items.GetProperty("enum").EnumerateArray().Select(value => value.GetString()!)];
        return [.. values, string.Join(',', values)];
    }

    private static string Edges(int count) => string.Join(',', Enumerable.Range(1, count).Select(day => $"2026-01-{day:00}T00:00:00Z"));

    private static string Number(JsonElement bound, int more = 0) => (bound.GetInt32() + more).ToString(CultureInfo.InvariantCulture);

    private static string Of(char character, JsonElement length, int more = 0) => new(character, length.GetInt32() + more);

    /// <summary>Bytes of content in the longest token: 6144 characters of base64, without version and digest.</summary>
    private const int LongestContent = (6144 * 3 / 4) - 17;

    /// <summary>A token of the route whose content has this length in bytes.</summary>
    private static string Token(string route, int length)
    {
        var token = route == Objects
            ? ContinuationToken.Encode(S3Double.Bucket, new("", null, null, 1000, null), default, new string('t', length - 2))
            : SummaryToken.Encode(S3Double.Bucket, new("", null, 10, null), Ranges(length));
        Assert.Equal(length == LongestContent, token.Length == OpenApiNode.Schemas["ContinuationToken"]["maxLength"].Value.GetInt32());
        return token;
    }

    /// <summary>No text in a token may be longer than a key, so a long token contains several.</summary>
    private static KeyRange[] Ranges(int length) => length < 1000
        ? [new(Of('t', length), null)]
        :
        [
            new(Of('a', 1000), Of('b', 1000)), new(Of('c', 1000), Of('d', 1000)), new(Of('e', length - 4019), null),
        ];

    private static byte[] Of(char character, int length) => System.Text.Encoding.UTF8.GetBytes(new string(character, length));

    /// <summary>What a parameter has no effect without.</summary>
    private static string Required(string name) => name switch
    {
        "depth" => "&delimiter=/",
        "min-share" => "&delimiter=/&depth=1",
        "modified-edges" => "&by=cube",
        _ => "",
    };

    private static async Task<(int Status, string? Parameter)> CallAsync(string route, string name, string value)
    {
        var query = $"{name}={Uri.EscapeDataString(value)}{Required(name)}";
        var s3 = new S3Double().Responds([]).Responds([]).Responds([]).Responds([]); // One for each range of the longest token.
        var response = await (route == Objects ? s3.GetObjectsAsync(query) : s3.GetSummaryAsync(query));
        return (response.Status, response.Status == 200 ? null : response.Json.GetProperty("parameter").GetString());
    }
}
