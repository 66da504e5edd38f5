using System.Net;
using System.Security.Cryptography;

using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.Tests.EmbeddedS3;

public sealed class UploadTests
{
    private const string Text = "123456789";

    // The check values of the algorithms, which their catalogues give for the digits 1 to 9.
    private const string Crc32 = "y/Q5Jg==";
    private const string Crc32C = "4waSgw==";
    private const string Crc64Nvme = "rosUhgp5mIg=";

    [Fact]
    public async Task Object_Has_The_Size_Md5_And_Time_Of_Its_Upload()
    {
        await using var bucket = await TestBucket.StartAsync();

        var answer = await PutAsync(bucket, Text, ("x-amz-storage-class", "STANDARD_IA"));

        var listed = Assert.Single((await bucket.ListAsync(new())).Contents);
        Assert.Equal("a/b c", listed.Key);
        Assert.Equal(9, listed.Size);
        Assert.Equal("\"25f9e794323b453885f5181f1b624d0b\"", listed.ETag);
        Assert.Equal(listed.ETag, answer.Headers["ETag"]);
        Assert.Equal("STANDARD_IA", listed.StorageClass);
        Assert.Equal("CRC64NVME", listed.ChecksumAlgorithm);
        Assert.Equal("FULL_OBJECT", listed.ChecksumType);
        Assert.Equal(Crc64Nvme, answer.Headers["x-amz-checksum-crc64nvme"]);
    }

    [Theory]
    [InlineData("crc32", Crc32)]
    [InlineData("crc32c", Crc32C)]
    [InlineData("crc64nvme", Crc64Nvme)]
    [InlineData("sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=")]
    [InlineData("sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=")]
    public async Task Checksum_Is_Checked_And_Listed(string algorithm, string checksum)
    {
        await using var bucket = await TestBucket.StartAsync();

        var good = await PutAsync(bucket, Text, ($"x-amz-checksum-{algorithm}", checksum));
        var bad = await PutAsync(bucket, Text + "0", ($"x-amz-checksum-{algorithm}", checksum));

        Assert.Equal(HttpStatusCode.OK, good.Status);
        Assert.Equal("BadDigest", bad["Code"]);
        var listed = Assert.Single((await bucket.ListAsync(new())).Contents);
        Assert.Equal((algorithm.ToUpperInvariant(), 9), (listed.ChecksumAlgorithm, listed.Size));
    }

    [Theory]
    [InlineData("Content-MD5", "JfnnlDI7RTiF9RgfG2JNCw==", null)]
    [InlineData("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest")]
    [InlineData("Content-MD5", "not base64", "InvalidDigest")]
    [InlineData("x-amz-content-sha256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225", null)]
    [InlineData("x-amz-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "XAmzContentSHA256Mismatch")]
    [InlineData("x-amz-storage-class", "LUKEWARM", "InvalidStorageClass")]
    [InlineData("x-amz-copy-source", "/test-bucket/a", "NotImplemented")]
    [InlineData("If-None-Match", "*", "NotImplemented")]
    public async Task Header_Decides_Whether_The_Object_Is_Put(string name, string value, string? code)
    {
        await using var bucket = await TestBucket.StartAsync();

        var answer = await PutAsync(bucket, Text, (name, value));

        Assert.Equal(code, answer.Status == HttpStatusCode.OK ? null : answer["Code"]);
        Assert.Equal(code is null ? 1 : 0, (await bucket.ListAsync(new())).KeyCount);
    }

    [Theory]
    [InlineData("", "/test-bucket/a", true)]
    [InlineData("body", "/test-bucket/a", false)]
    [InlineData("body", "/no-such-bucket/a", true)]
    public async Task Connection_Closes_When_A_Final_Answer_Comes_Instead_Of_100_Continue(
        string body, string target, bool closes)
    {
        await using var bucket = await TestBucket.StartAsync();

        var answer = await bucket.Client.SendAsync(HttpMethod.Put, target, body, ("Expect", "100-continue"));

        Assert.Equal(closes, answer.Headers.ContainsKey("Connection"));
    }

    [Theory]
    [InlineData("4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n", null)]
    [InlineData("9;chunk-signature=00\r\n123456789\r\n0;chunk-signature=00\r\nx-amz-checksum-crc32:y/Q5Jg==\r\nx-amz-trailer-signature:00\r\n\r\n", null)]
    [InlineData("9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "BadDigest")]
    [InlineData("8\r\n12345678\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("9\r\n1234", "IncompleteBody")]
    [InlineData("9\r\n1234567890\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("nine\r\n123456789\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("123456789", "IncompleteBody")]
    public async Task Chunked_Body_Is_Taken_Apart_And_Its_Trailer_Checked(string body, string? code)
    {
        await using var bucket = await TestBucket.StartAsync();

        var answer = await PutAsync(
            bucket,
            body,
            ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
            ("Content-Encoding", "aws-chunked"),
            ("x-amz-decoded-content-length", "9"),
            ("x-amz-trailer", "x-amz-checksum-crc32"));

        Assert.Equal(code, answer.Status == HttpStatusCode.OK ? null : answer["Code"]);
        Assert.Equal(
            code is null ? ["\"25f9e794323b453885f5181f1b624d0b\""] : Array.Empty<string>(),
            (await bucket.ListAsync(new())).Contents.Select(listed => listed.ETag));
    }

    [Fact]
    public async Task Upload_In_Parts_Is_One_Object_With_The_Tag_Of_Its_Parts()
    {
        await using var bucket = await TestBucket.StartAsync();
        var first = RandomNumberGenerator.GetBytes(5 * 1024 * 1024);
        var second = RandomNumberGenerator.GetBytes(10);
        var upload = await bucket.Client.SendAsync(
            HttpMethod.Post, "/test-bucket/big?uploads", headers: ("x-amz-storage-class", "GLACIER"));
        var id = upload["UploadId"];
        var tags = new List<string>();
        foreach (var (number, part) in ((byte[][])[first, second]).Index())
        {
            var answer = await bucket.Client.SendAsync(
                HttpMethod.Put, $"/test-bucket/big?partNumber={number + 1}&uploadId={id}", part);
            tags.Add(answer.Headers["ETag"]);
        }

        Assert.Empty((await bucket.ListAsync(new())).Contents);
        var wrongTag = await CompleteAsync(bucket, id, (1, tags[1]));
        var wrongOrder = await CompleteAsync(bucket, id, (2, tags[1]), (1, tags[0]));
        var completed = await CompleteAsync(bucket, id, (1, tags[0]), (2, tags[1]));
        var again = await CompleteAsync(bucket, id, (1, tags[0]), (2, tags[1]));

        Assert.Equal("InvalidPart", wrongTag["Code"]);
        Assert.Equal("InvalidPartOrder", wrongOrder["Code"]);
        Assert.Equal("NoSuchUpload", again["Code"]);
        var listed = Assert.Single((await bucket.ListAsync(new())).Contents);
        Assert.Equal((5 * 1024 * 1024) + 10, listed.Size);
        Assert.Equal("GLACIER", listed.StorageClass);
        Assert.Equal(completed["ETag"], listed.ETag);
        Assert.Equal($"\"{Md5(Convert.FromHexString(tags[0].Trim('"') + tags[1].Trim('"')))}-2\"", listed.ETag);
    }

    [Fact]
    public async Task Part_That_Is_Not_The_Last_Has_Five_Megabytes_Or_The_Upload_Cannot_Complete()
    {
        await using var bucket = await TestBucket.StartAsync();
        var id = (await bucket.Client.SendAsync(HttpMethod.Post, "/test-bucket/big?uploads"))["UploadId"];
        var target = $"/test-bucket/big?partNumber=1&uploadId={id}";
        var tag = (await bucket.Client.SendAsync(HttpMethod.Put, target, Text)).Headers["ETag"];
        await bucket.Client.SendAsync(
            HttpMethod.Put, target.Replace("=1&", "=2&", StringComparison.Ordinal), Text);

        var completed = await CompleteAsync(bucket, id, (1, tag), (2, tag));
        var aborted = await bucket.Client.SendAsync(HttpMethod.Delete, $"/test-bucket/big?uploadId={id}");
        var again = await bucket.Client.SendAsync(HttpMethod.Delete, $"/test-bucket/big?uploadId={id}");

        Assert.Equal("EntityTooSmall", completed["Code"]);
        Assert.Equal(HttpStatusCode.NoContent, aborted.Status);
        Assert.Equal("NoSuchUpload", again["Code"]);
    }

    [Fact]
    public async Task Deleting_Takes_Any_Key_And_Also_One_That_Is_Not_There()
    {
        await using var bucket = await TestBucket.StartAsync([.. SampleBucket.OddKeys, "kept"]);
        var objects = SampleBucket.OddKeys.Append("missing").Select(key =>
            $"<Object><Key>{Escape(key)}</Key></Object>");

        var single = await bucket.Client.SendAsync(
            HttpMethod.Delete, $"/test-bucket/{Uri.EscapeDataString(SampleBucket.OddKeys[0])}");
        var many = await bucket.Client.SendAsync(
            HttpMethod.Post,
            "/test-bucket?delete",
            $"<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{string.Concat(objects)}</Delete>");

        Assert.Equal(HttpStatusCode.NoContent, single.Status);
        Assert.Equal(
            SampleBucket.OddKeys.Append("missing"),
            many.Xml().Elements().Select(element => Assert.Single(element.Elements()).Value));
        Assert.Equal(["kept"], (await bucket.ListAsync(new())).Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Delete>")]
    [InlineData("<Delete/>")]
    [InlineData("<Other><Object><Key>a</Key></Object></Other>")]
    [InlineData("<Delete><Object/></Delete>")]
    [InlineData("<!DOCTYPE d [<!ENTITY e 'a'>]><Delete><Object><Key>&e;</Key></Object></Delete>")]
    public async Task Delete_Of_What_Is_No_List_Of_Keys_Is_Malformed(string body)
    {
        await using var bucket = await TestBucket.StartAsync("a");

        var answer = await bucket.Client.SendAsync(HttpMethod.Post, "/test-bucket?delete", body);

        Assert.Equal((HttpStatusCode.BadRequest, "MalformedXML"), (answer.Status, answer["Code"]));
        Assert.Equal(["a"], (await bucket.ListAsync(new())).Keys);
    }

    [Fact]
    public async Task Bucket_Can_Be_Created_Located_And_Listed()
    {
        await using var bucket = await TestBucket.StartAsync(
            TestBucket.Store([]), options => options with { Region = "eu-central-1" });

        var created = await bucket.Client.SendAsync(HttpMethod.Put, "/another-bucket",
            "<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>");
        var elsewhere = await bucket.Client.SendAsync(HttpMethod.Put, "/third-bucket",
            "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>");
        var location = await bucket.Client.GetAsync("/another-bucket?location");
        var buckets = await bucket.Client.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, created.Status);
        Assert.Equal("IllegalLocationConstraintException", elsewhere["Code"]);
        Assert.Equal("eu-central-1", location.Xml().Value);
        Assert.Equal(
            ["another-bucket", "test-bucket"],
            buckets.Xml().Descendants().Where(element => element.Name.LocalName == "Name").Select(element => element.Value));
    }

    private static Task<RawS3.RawAnswer> PutAsync(
        TestBucket bucket, string body, params (string Name, string Value)[] headers) =>
        bucket.Client.SendAsync(
            HttpMethod.Put, "/test-bucket/a/b%20c", body, headers);

    private static Task<RawS3.RawAnswer> CompleteAsync(
        TestBucket bucket, string? id, params (int Number, string Tag)[] parts) =>
        bucket.Client.SendAsync(
            HttpMethod.Post,
            $"/test-bucket/big?uploadId={id}",
            "<CompleteMultipartUpload>" + string.Concat(parts.Select(part =>
                $"<Part><PartNumber>{part.Number}</PartNumber><ETag>{Escape(part.Tag)}</ETag></Part>"))
                + "</CompleteMultipartUpload>");

    private static string Escape(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => $"&#x{rune.Value:x};"));

#pragma warning disable CA5351 // An entity tag is an MD5.
    private static string Md5(byte[] data) => Convert.ToHexStringLower(MD5.HashData(data));
#pragma warning restore CA5351
}
