using System.Net;

namespace S3Lister.Local.Tests.EmbeddedS3;

/// <summary>
/// How moto 5.2 differs from S3's documentation, one test for each difference, with both responses: a test fails
/// when either of them changes.
/// </summary>
[Collection<MotoServerTests>]
public sealed class MotoDifferenceTests(MotoServer moto)
{
    [Fact]
    public async Task EncodingType_Is_Form_Encoding_In_S3_And_Rfc_3986_In_Moto()
    {
        var (theirs, ours) = await ListAsync(new(EncodingType: "url"), "a b~*.txt");

        Assert.Equal(["a%20b~%2A.txt"], theirs.Keys);
        Assert.Equal(["a+b%7E*.txt"], ours.Keys);
    }

    [Fact]
    public async Task Delimiter_And_StartAfter_Are_Encoded_In_S3_And_Not_In_Moto()
    {
        var (theirs, ours) = await ListAsync(new("a ", " ", "a", EncodingType: "url"), "a b c");

        Assert.Equal(("a%20", " ", "a%20b%20"), (theirs.Prefix, theirs.Delimiter, Assert.Single(theirs.CommonPrefixes)));
        Assert.Equal(("a+", "+", "a+b+"), (ours.Prefix, ours.Delimiter, Assert.Single(ours.CommonPrefixes)));
    }

    [Fact]
    public async Task MaxKeys_Over_A_Thousand_Is_Capped_In_S3_And_Not_In_Moto()
    {
        var (theirs, ours) = await ListAsync(new(MaxKeys: "1001"), "a");

        Assert.Equal(1001, theirs.MaxKeys);
        Assert.Equal(1000, ours.MaxKeys);
    }

    [Fact]
    public async Task Token_Is_Echoed_In_S3_And_Not_In_Moto()
    {
        await using var bucket = await FillAsync("a", "b");
        using RawS3 client = new(moto.Endpoint);
        var query = new ListingQuery(MaxKeys: "1");
        var motoToken = (await client.ListAsync(TestBucket.Name, query)).NextContinuationToken;
        var token = (await bucket.ListAsync(query)).NextContinuationToken;

        Assert.Null((await client.ListAsync(TestBucket.Name, query with { Token = motoToken })).ContinuationToken);
        Assert.Equal(token, (await bucket.ListAsync(query with { Token = token })).ContinuationToken);
    }

    [Theory]
    [InlineData("max-keys=-1", HttpStatusCode.OK)]
    [InlineData("max-keys=ten", HttpStatusCode.InternalServerError)]
    [InlineData("continuation-token=none", HttpStatusCode.InternalServerError)]
    [InlineData("encoding-type=base64", HttpStatusCode.OK)]
    public async Task Bad_Argument_Is_Refused_In_S3_And_Accepted_Or_A_Crash_In_Moto(string argument, HttpStatusCode status)
    {
        await using var bucket = await FillAsync("a", "b");
        using RawS3 client = new(moto.Endpoint);
        var target = $"/{TestBucket.Name}?list-type=2&{argument}";

        Assert.Equal(status, (await client.GetAsync(target)).Status);
        var ours = await bucket.Client.GetAsync(target);
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidArgument"), (ours.Status, ours["Code"]));
    }

    [Fact]
    public async Task Owner_Has_Only_An_Id_In_S3_And_A_Display_Name_In_Moto()
    {
        await using var bucket = await FillAsync("a");
        using RawS3 client = new(moto.Endpoint);
        const string Target = $"/{TestBucket.Name}?list-type=2&fetch-owner=true";

        var theirs = (await client.GetAsync(Target)).Text;
        var ours = (await bucket.Client.GetAsync(Target)).Text;

        Assert.Contains("<DisplayName>", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("<DisplayName>", ours, StringComparison.Ordinal);
        Assert.Contains("<Owner><ID>", ours, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checksum_Has_A_Type_In_S3_And_None_In_Moto()
    {
        var (theirs, ours) = await ListAsync(new(), "a");

        Assert.Equal(theirs.Contents[0].ChecksumAlgorithm, ours.Contents[0].ChecksumAlgorithm);
        Assert.Null(theirs.Contents[0].ChecksumType);
        Assert.Equal("FULL_OBJECT", ours.Contents[0].ChecksumType);
    }

    [Fact]
    public async Task Control_Character_Is_A_Reference_In_S3_And_Raw_In_Moto()
    {
        await using var bucket = await FillAsync("a\u0001b");
        using RawS3 client = new(moto.Endpoint);
        const string Target = $"/{TestBucket.Name}?list-type=2";

        Assert.Contains("<Key>a\u0001b</Key>", (await client.GetAsync(Target)).Text, StringComparison.Ordinal);
        Assert.Contains("<Key>a&#x1;b</Key>", (await bucket.Client.GetAsync(Target)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listing_Names_The_Region_In_S3_And_Not_In_Moto()
    {
        await using var bucket = await FillAsync();
        using RawS3 client = new(moto.Endpoint);
        const string Target = $"/{TestBucket.Name}?list-type=2";

        Assert.DoesNotContain("x-amz-bucket-region", (await client.GetAsync(Target)).Headers);
        Assert.Equal("us-east-1", (await bucket.Client.GetAsync(Target)).Headers["x-amz-bucket-region"]);
    }

    private async Task<(S3Listing Theirs, S3Listing Ours)> ListAsync(ListingQuery query, params string[] keys)
    {
        await using var bucket = await FillAsync(keys);
        using RawS3 client = new(moto.Endpoint);
        return (await client.ListAsync(TestBucket.Name, query), await bucket.ListAsync(query));
    }

    private Task<TestBucket> FillAsync(params string[] keys) => MotoEquivalenceTests.FillAsync(moto, keys);
}
