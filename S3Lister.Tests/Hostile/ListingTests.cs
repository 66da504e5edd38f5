using System.Text;

namespace S3Lister.Tests.Hostile;

/// <summary>Responses with status 200 that are not the requested listing.</summary>
public sealed class ListingTests
{
    public static TheoryData<string, string, string> Changes => new()
    {
        { "another bucket", "<Name>hostile-bucket<", "<Name>another-bucket<" },
        { "an empty bucket", "<Name>hostile-bucket</Name>", "<Name/>" },
        { "another prefix", "<Prefix>logs%2F</Prefix><Start", "<Prefix>logs</Prefix><Start" },
        { "another delimiter", "<Delimiter>%2F<", "<Delimiter>-<" },
        { "another start-after", "<StartAfter>logs%2Fa<", "<StartAfter>logs%2FA<" },
        { "another max-keys", "<MaxKeys>3<", "<MaxKeys>1000<" },
        { "a max-keys that is not a number", "<MaxKeys>3<", "<MaxKeys>three<" },
        { "no IsTruncated", "<IsTruncated>false</IsTruncated>", "" },
        { "an empty IsTruncated", "<IsTruncated>false</IsTruncated>", "<IsTruncated/>" },
        { "an IsTruncated that is neither", "<IsTruncated>false<", "<IsTruncated>maybe<" },
        { "truncated without a token", "<IsTruncated>false<", "<IsTruncated>true<" },
        { "truncated with an empty token", "<IsTruncated>false<", "<NextContinuationToken/><IsTruncated>true<" },
        { "a count of more than it has", "<KeyCount>2<", "<KeyCount>3<" },
        { "more entries than requested", "</Contents>", "</Contents><CommonPrefixes><Prefix>logs%2Fd%2F</Prefix></CommonPrefixes><CommonPrefixes><Prefix>logs%2Fe%2F</Prefix></CommonPrefixes>" },
        { "an object without a key", "<Key>logs%2Fb</Key>", "" },
        { "an object with an empty key", "<Key>logs%2Fb</Key>", "<Key/>" },
        { "a key with an element in it", "<Key>logs%2Fb<", "<Key>logs%2Fb<b/><" },
        { "a document type", "<ListBucketResult ", "<!DOCTYPE ListBucketResult><ListBucketResult " },
        { "an object without a size", "<Size>3</Size>", "" },
        { "a size that is not a number", "<Size>3<", "<Size>3 bytes<" },
        { "a negative size", "<Size>3<", "<Size>-3<" },
        { "an object without a date", "<LastModified>2026-11-23T18:19:29.000Z</LastModified>", "" },
        { "a date that is not an instant", "<LastModified>2026-11-23T18", "<LastModified>yesterday, at 18" },
        { "a key that is not encoded as announced", "<Key>logs%2Fb<", "<Key>logs/100%<" },
        { "a key whose encoding is not UTF-8", "<Key>logs%2Fb<", "<Key>logs%2F%FF<" },
        { "a key whose encoding is a surrogate", "<Key>logs%2Fb<", "<Key>logs%2F%ED%A0%80<" },
        { "a key outside the prefix", "<Key>logs%2Fb<", "<Key>secret%2Fb<" },
        { "a key shorter than the prefix", "<Key>logs%2Fb<", "<Key>b<" },
        { "a common prefix outside the prefix", "<Prefix>logs%2Fc%2F<", "<Prefix>secret%2F<" },
        { "a common prefix that is the prefix", "<Prefix>logs%2Fc%2F<", "<Prefix>logs%2F<" },
        { "a common prefix without the delimiter", "<Prefix>logs%2Fc%2F<", "<Prefix>logs%2Fc<" },
        { "common prefixes that are not in order", "<CommonPrefixes>", "<CommonPrefixes><Prefix>logs%2Fd%2F</Prefix></CommonPrefixes><CommonPrefixes>" },
        { "a common prefix before start-after", "<Prefix>logs%2Fc%2F<", "<Prefix>logs%2F1%2F<" },
        { "a common prefix that is empty", "<Prefix>logs%2Fc%2F</Prefix>", "<Prefix/>" },
        { "a common prefix that is not there", "<Prefix>logs%2Fc%2F</Prefix>", "" },
        { "a key at start-after", "<Key>logs%2Fb<", "<Key>logs%2Fa<" },
        { "the same key twice", "<CommonPrefixes>", $"{Object("logs%2Fb")}<CommonPrefixes>" },
        { "keys that are not in order", "<Contents>", $"{Object("logs%2Fc")}<Contents>" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Response_Is_502_When_One_Part_Of_The_Listing_Is_Wrong(string what, string old, string changed)
    {
        Assert.Contains(old, HostileResponse.Listing, StringComparison.Ordinal);

        await RefusesAsync(what, HostileResponse.Ok(HostileResponse.Listing.Replace(old, changed, StringComparison.Ordinal)));
    }

    public static TheoryData<string, string> Bodies => new()
    {
        { "nothing", "" },
        { "white space", " \n" },
        { "HTML that is XML", "<html><head><title>Sign in</title></head><body><p>Welcome</p></body></html>" },
        { "HTML that is not XML", "<!DOCTYPE html><html><body><p>Welcome<br></body></html>" },
        { "JSON", """{"Name":"hostile-bucket","IsTruncated":false,"Contents":[]}""" },
        { "text", "It works!" },
        { "an unknown error with status 200", HostileResponse.Error("NeverHeardOf") },
        { "another response of S3", "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>" },
        { "an empty listing", "<ListBucketResult/>" },
        { "an entity that is not declared", HostileResponse.Listing.Replace("logs%2Fb", "&bomb;", StringComparison.Ordinal) },
        { "an entity that is declared", Declare("<!ENTITY bomb \"logs%2Fb\">") },
        { "a billion laughs", Declare(Laughs()) },
        { "a local file", Declare("<!ENTITY bomb SYSTEM \"file:///etc/hostname\">") },
        { "a tag that is not closed", HostileResponse.Listing.Replace("</Key>", "", StringComparison.Ordinal) },
        { "a character that XML forbids", HostileResponse.Listing.Replace("logs%2Fb", "logs/\u0001%2Fb", StringComparison.Ordinal) },
    };

    [Theory]
    [InlineData("<Name>hostile-bucket</Name>")]
    [InlineData("<Prefix>logs%2F</Prefix>")]
    [InlineData("<Delimiter>%2F</Delimiter>")]
    [InlineData("<StartAfter>logs%2Fa</StartAfter>")]
    [InlineData("<MaxKeys>3</MaxKeys>")]
    [InlineData("<KeyCount>2</KeyCount>")]
    [InlineData("<EncodingType>url</EncodingType>")]
    [InlineData("<StorageClass>STANDARD</StorageClass>")]
    public async Task Response_Is_200_When_An_Optional_Field_Is_Missing(string absent)
    {
        // Without EncodingType the keys are not decoded, so they must be written unencoded.
        var listing = absent.Contains("EncodingType", StringComparison.Ordinal)
            ? HostileResponse.Listing.Replace("%2F", "/", StringComparison.Ordinal) : HostileResponse.Listing;
        Assert.Contains(absent, listing, StringComparison.Ordinal);
        await using HostileS3 s3 = new(HostileResponse.Ok(listing.Replace(absent, "", StringComparison.Ordinal)));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var response = await api.GetObjectsAsync(HostileResponse.Query);

        Assert.True(response.Status == 200, response.Body);
        Assert.Equal("logs/b", response.Json.GetProperty("contents")[0].GetProperty("key").GetString());
        Assert.Equal("logs/c/", response.Json.GetProperty("commonPrefixes")[0].GetString());
    }

    public static TheoryData<int> Lengths => [.. Enumerable.Range(1, 40).Select(i => HostileResponse.Listing.Length - (i * HostileResponse.Listing.Length / 45))];

    /// <summary>The end of the document got lost, so a retry may succeed.</summary>
    [Theory]
    [InlineData(1)]
    [MemberData(nameof(Lengths))]
    public async Task Response_Is_503_When_The_Listing_Breaks_Off(int length)
    {
        length = length == 1 ? HostileResponse.Listing.Length - 1 : length;
        await using HostileS3 s3 = new(HostileResponse.Ok(HostileResponse.Listing[..length]));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var response = await api.GetObjectsAsync(HostileResponse.Query);

        Assert.Equal((503, "UpstreamUnavailable"), (response.Status, response.Code));
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public Task Response_Is_502_When_The_Body_Is_Not_A_Listing(string what, string body) => RefusesAsync(what, HostileResponse.Ok(body));

    [Fact]
    public Task Response_Is_502_When_The_Body_Is_Not_Utf8() => RefusesAsync(
        "bytes that are not UTF-8",
        HostileResponse.Of("200 OK", Encoding.Latin1.GetBytes(HostileResponse.Listing.Replace("logs%2Fb", "logs/\u00FC", StringComparison.Ordinal))));

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    public Task Response_Is_502_When_The_Body_Has_Another_Charset(string charset) => RefusesAsync(
        charset,
        HostileResponse.Of(
            "200 OK",
            Encoding.GetEncoding(charset).GetBytes(HostileResponse.Listing
                .Replace("UTF-8", charset, StringComparison.Ordinal).Replace("logs%2Fb", "logs/\u00FC", StringComparison.Ordinal)),
            $"Content-Type: application/xml; charset={charset}"));

    [Fact]
    public async Task Response_Is_200_When_The_Listing_Is_Right()
    {
        await using HostileS3 s3 = new(HostileResponse.Ok(HostileResponse.Listing));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var response = await api.GetObjectsAsync(HostileResponse.Query);

        Assert.Equal(200, response.Status);
        Assert.Equal("logs/b", response.Json.GetProperty("contents")[0].GetProperty("key").GetString());
        Assert.Equal("logs/c/", response.Json.GetProperty("commonPrefixes")[0].GetString());
        Assert.Equal(
            "/hostile-bucket/?list-type=2&delimiter=%2F&encoding-type=url&max-keys=3&prefix=logs%2F&start-after=logs%2Fa",
            Assert.Single(s3.Requests));
    }

    [Fact]
    public async Task Response_Is_502_When_A_Filtered_Key_Does_Not_Have_The_Prefix()
    {
        await using HostileS3 s3 = new(HostileResponse.Ok(HostileResponse.Listing
            .Replace("<MaxKeys>3<", "<MaxKeys>1000<", StringComparison.Ordinal).Replace("<Key>logs%2Fb<", "<Key>b<", StringComparison.Ordinal)));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        Assert.Equal(502, (await api.GetObjectsAsync($"{HostileResponse.Query}&include=%2A")).Status);
    }

    [Fact]
    public async Task Response_Is_502_When_It_Has_Common_Prefixes_And_No_Delimiter_Was_Requested()
    {
        await using HostileS3 s3 = new(HostileResponse.Ok(HostileResponse.Page(["a"], commonPrefixes: ["b%2F"])));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        Assert.Equal(502, (await api.GetObjectsAsync()).Status);
    }

    [Fact]
    public async Task Common_Prefix_May_Contain_StartAfter()
    {
        await using HostileS3 s3 = new(HostileResponse.Ok(HostileResponse.Page(
            [], null, ["a%2F", "b%2F"], "<Prefix/><StartAfter>a%2F1</StartAfter><Delimiter>%2F</Delimiter><MaxKeys>1000</MaxKeys>")));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var response = await api.GetObjectsAsync("delimiter=%2F&start-after=a%2F1");

        Assert.Equal(["a/", "b/"], response.CommonPrefixes);
    }

    [Theory]
    [InlineData("<![CDATA[logs/b]]>")]
    [InlineData("<!-- -->logs%2Fb")]
    [InlineData("logs&#37;2Fb")]
    public async Task Key_May_Have_Any_Notation_Of_Xml(string key)
    {
        await using HostileS3 s3 = new(HostileResponse.Ok(HostileResponse.Listing.Replace("<Key>logs%2Fb<", $"<Key>{key}<", StringComparison.Ordinal)));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var response = await api.GetObjectsAsync(HostileResponse.Query);

        Assert.Equal("logs/b", response.Json.GetProperty("contents")[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task Summary_Is_502_When_The_Sum_Of_Sizes_Overflows()
    {
        await using HostileS3 s3 = new(HostileResponse.Ok(HostileResponse.Page(["a", "b"]).Replace("<Size>3<", $"<Size>{long.MaxValue}<", StringComparison.Ordinal)));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var response = await api.GetSummaryAsync();

        Assert.Equal((502, "UpstreamFailure"), (response.Status, response.Code));
    }

    [Fact]
    public async Task Health_Is_503_When_The_Response_Is_Not_A_Listing()
    {
        await using HostileS3 s3 = new(HostileResponse.Ok("<html/>"));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var response = await api.GetHealthAsync();

        Assert.Equal((503, "InvalidAnswer"), (response.Status, response.Json.GetProperty("cause").GetString()));
    }

    private static async Task RefusesAsync(string what, Func<Stream, CancellationToken, Task> hostile)
    {
        await using HostileS3 s3 = new(hostile);
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);
        FunctionContext context = new();

        var response = await api.GetObjectsAsync(HostileResponse.Query, context);

        Assert.True(response.Status == 502, $"{what}: {response.Body}");
        Assert.Equal("UpstreamFailure", response.Code);
        Assert.Single(s3.Requests);
        var line = Assert.Single(context.Log.Lines, line => line.Level == "Error");
        Assert.Contains(line.Arguments, argument => argument is string text && text.StartsWith("InvalidAnswer", StringComparison.Ordinal));
    }

    private static string Object(string key) =>
        $"<Contents><Key>{key}</Key><LastModified>2026-11-23T18:19:29.000Z</LastModified><Size>3</Size></Contents>";

    private static string Declare(string entities) => HostileResponse.Listing
        .Replace("<ListBucketResult ", $"<!DOCTYPE ListBucketResult [{entities}]><ListBucketResult ", StringComparison.Ordinal)
        .Replace("logs%2Fb", "&bomb;", StringComparison.Ordinal);

    /// <summary>Thirty entities, each of them ten times the previous one.</summary>
    private static string Laughs() => string.Concat(Enumerable.Range(0, 30).Select(i =>
        $"<!ENTITY {(i == 29 ? "bomb" : $"e{i}")} \"{(i == 0 ? "ha" : string.Concat(Enumerable.Repeat($"&e{i - 1};", 10)))}\">"));
}
