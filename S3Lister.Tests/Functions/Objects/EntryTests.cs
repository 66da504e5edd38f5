using System.Text.Json;
using Amazon.S3;

namespace S3Lister.Tests.Functions.Objects;

/// <summary>The fields of an object, in each format.</summary>
public sealed class EntryTests
{
    private readonly S3Double _s3 = new();

    [Fact]
    public async Task Object_Has_Its_Storage_Class_All_Checksum_Algorithms_And_The_Fraction_Of_Its_Date()
    {
        var (json, ndjson, csv) = await ListAsync(response =>
        {
            response.S3Objects[0].StorageClass = S3StorageClass.Glacier;
            response.S3Objects[0].ChecksumAlgorithm = ["CRC32", "SHA256"];
            response.S3Objects[0].LastModified = new DateTime(2026, 11, 23, 18, 19, 29, 120, DateTimeKind.Utc);
        });

        Assert.Equal("GLACIER", json.GetProperty("storageClass").GetString());
        Assert.Equal("""["CRC32","SHA256"]""", json.GetProperty("checksumAlgorithm").GetRawText());
        Assert.Equal("2026-11-23T18:19:29.12Z", json.GetProperty("lastModified").GetString());
        Assert.Equal(json.GetRawText(), ndjson);
        Assert.Equal("object,a,3,2026-11-23T18:19:29.12Z,\"\"\"764efa883dda1e11db47671c4a3bbd9e\"\"\",GLACIER,CRC32 SHA256", csv);
    }

    [Fact]
    public async Task Storage_Class_Is_Standard_When_S3_Sends_None()
    {
        var (json, ndjson, csv) = await ListAsync(response =>
        {
            response.S3Objects[0].StorageClass = null;
            response.S3Objects[0].ChecksumAlgorithm = null;
            response.S3Objects[0].ETag = null;
        });

        Assert.Equal(
            """{"key":"a","size":3,"lastModified":"2026-11-23T18:19:29Z","eTag":"","storageClass":"STANDARD","checksumAlgorithm":[]}""",
            json.GetRawText());
        Assert.Equal(json.GetRawText(), ndjson);
        Assert.Equal("object,a,3,2026-11-23T18:19:29Z,,STANDARD,", csv);
    }

    [Fact]
    public async Task Json_Page_Has_Its_State_Only_In_The_Body()
    {
        _s3.Responds(["a"], "next");

        var response = await _s3.GetObjectsAsync("max-keys=1");

        Assert.DoesNotContain(response.Headers.Keys, name => name.StartsWith("s3lister-", StringComparison.Ordinal));
    }

    private async Task<(JsonElement Json, string Ndjson, string Csv)> ListAsync(Action<Amazon.S3.Model.ListObjectsV2Response> change)
    {
        _s3.Responds(["a"], change: change).Responds(["a"], change: change).Responds(["a"], change: change);
        var json = await _s3.GetObjectsAsync();
        var ndjson = await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", headers: ("accept", "application/x-ndjson")));
        var csv = await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", headers: ("accept", "text/csv")));
        return (json.Json.GetProperty("contents")[0], ndjson.Body.TrimEnd('\n'), csv.Body.Split("\r\n")[1]);
    }
}
