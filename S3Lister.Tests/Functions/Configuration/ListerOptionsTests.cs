using S3Lister.Functions.Configuration;

namespace S3Lister.Tests.Functions.Configuration;

public sealed class ListerOptionsTests
{
    [Theory]
    [InlineData("my-bucket")]
    [InlineData("my.bucket.1")]
    [InlineData("123")]
    public void Bucket_Is_Accepted_When_Its_Name_Follows_S3s_Rules(string bucket) =>
        Assert.Empty(ListerOptionsValidator.Validate(new() { Bucket = bucket }));

    [Theory]
    [InlineData("", "is not set")]
    [InlineData("ab", "3 to 63 characters")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "3 to 63 characters")]
    [InlineData("My-bucket", "lower-case")]
    [InlineData("my_bucket", "lower-case")]
    [InlineData("-bucket", "begin and end")]
    [InlineData("bucket.", "begin and end")]
    [InlineData("a..b", "two dots")]
    [InlineData("192.168.5.4", "IP address")]
    [InlineData("xn--bucket", "must not begin with")]
    [InlineData("arn:aws:s3:::bucket", "not an ARN")]
    [InlineData("logs--usw2-az1--x-s3", "directory bucket")]
    [InlineData("point-0123456789-s3alias", "access point")]
    public void Bucket_Is_Refused_With_The_Rule_That_It_Breaks(string bucket, string rule)
    {
        var failure = Assert.Single(ListerOptionsValidator.Validate(new() { Bucket = bucket }));

        Assert.StartsWith("S3LISTER_BUCKET ", failure, StringComparison.Ordinal);
        Assert.Contains(rule, failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12345678901")]
    [InlineData("1234567890123")]
    [InlineData("12345678901a")]
    public void Owner_Is_Refused_When_It_Is_Not_An_Account_Id(string owner) =>
        Assert.Contains("12 digits", Assert.Single(ListerOptionsValidator.Validate(new() { Bucket = "my-bucket", ExpectedBucketOwner = owner })), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://127.0.0.1:9000", true)]
    [InlineData("https://s3.example.com", true)]
    [InlineData("https://s3.example.com/", true)]
    [InlineData("https://s3.example.com/path", false)]
    [InlineData("https://s3.example.com/?a=b", false)]
    [InlineData("https://user:secret@s3.example.com", false)]
    [InlineData("ftp://s3.example.com", false)]
    public void Endpoint_Is_Refused_When_It_Is_Not_An_Origin(string endpoint, bool valid) =>
        Assert.Equal(valid, ListerOptionsValidator.Validate(new() { Bucket = "my-bucket", Endpoint = new Uri(endpoint) }).Count == 0);

    [Theory]
    [InlineData("team-a/", true)]
    [InlineData("team-a/,shared/", true)]
    [InlineData(" /,a//, b/", true)]
    [InlineData("team-a", false)]
    [InlineData("team-a/,", false)]
    [InlineData(",", false)]
    [InlineData("team-a/,shared", false)]
    [InlineData("team-*/", false)]
    [InlineData("team-?/", false)]
    [InlineData("${aws:username}/", false)]
    public void Listable_Prefixes_Are_Refused_When_The_Policies_Of_The_Roles_Would_Mean_Others(string prefixes, bool valid)
    {
        var options = WithVariable(ListerEnvironment.ListablePrefixes, prefixes) with { Bucket = "my-bucket" };

        var failures = ListerOptionsValidator.Validate(options);

        Assert.Equal(prefixes.Split(','), options.ListablePrefixes);
        Assert.Equal(valid, failures.Count == 0);
        Assert.All(failures, failure => Assert.StartsWith("S3LISTER_LISTABLE_PREFIXES must be prefixes", failure, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("amazon", true)]
    [InlineData("system", true)]
    [InlineData("Amazon", false)]
    [InlineData("/there/is/no/such/file.pem", false)]
    public void Trusted_Roots_Are_Refused_When_They_Are_Not_Known(string roots, bool valid)
    {
        var failures = ListerOptionsValidator.Validate(new() { Bucket = "my-bucket", TrustedRoots = roots });

        Assert.Equal(valid, failures.Count == 0);
        Assert.All(failures, failure => Assert.StartsWith("S3LISTER_TRUSTED_ROOTS must be amazon, system or the path", failure, StringComparison.Ordinal));
    }

    [Fact]
    public void Trusted_Roots_Are_Those_Of_A_File_With_Certificates_Only()
    {
        Assert.Empty(ListerOptionsValidator.Validate(new() { Bucket = "my-bucket", TrustedRoots = TrustedRoots.AmazonFile }));
        Assert.Single(ListerOptionsValidator.Validate(new() { Bucket = "my-bucket", TrustedRoots = typeof(ListerOptionsTests).Assembly.Location }));
    }

    [Theory]
    [InlineData("amazon", null, "aws", true)]
    [InlineData("amazon", null, "aws-cn", false)]
    [InlineData("amazon", null, null, false)]
    [InlineData("amazon", "https://s3.example.com", "aws", false)]
    [InlineData("system", null, "aws", false)]
    public void Amazons_Roots_Are_For_S3_Of_The_Partition_Aws(string roots, string? endpoint, string? partition, bool areUsed)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere, the operating system's are trusted.");
        ListerOptions options = new() { TrustedRoots = roots, Endpoint = endpoint is null ? null : new Uri(endpoint) };

        Assert.Equal(areUsed ? TrustedRoots.AmazonFile : null, TrustedRoots.File(options, partition));
    }

    [Fact]
    public void All_Errors_Are_Reported_At_Once() =>
        Assert.Equal(3, ListerOptionsValidator.Validate(new() { ExpectedBucketOwner = "me", Endpoint = new Uri("ftp://x") }).Count);

    [Theory]
    [InlineData(ListerEnvironment.Endpoint, "not a url")]
    [InlineData(ListerEnvironment.ForcePathStyle, "yes")]
    public void Variable_Is_Refused_With_Its_Name_When_It_Is_Malformed(string variable, string value)
    {
        var failure = Assert.Throws<InvalidConfigurationException>(() => WithVariable(variable, value));

        Assert.Contains(variable, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_Are_Read()
    {
        Assert.Equal("my-bucket", WithVariable(ListerEnvironment.Bucket, " my-bucket ").Bucket);
        Assert.Equal("123456789012", WithVariable(ListerEnvironment.ExpectedBucketOwner, "123456789012").ExpectedBucketOwner);
        Assert.Equal(new Uri("http://127.0.0.1:1"), WithVariable(ListerEnvironment.Endpoint, "http://127.0.0.1:1").Endpoint);
        Assert.True(WithVariable(ListerEnvironment.ForcePathStyle, "true").ForcePathStyle);
        Assert.False(WithVariable(ListerEnvironment.ForcePathStyle, " ").ForcePathStyle);
        Assert.Equal([""], WithVariable(ListerEnvironment.ListablePrefixes, " ").ListablePrefixes);
    }

    private static ListerOptions WithVariable(string variable, string value) =>
        new ListerEnvironment(name => name == variable ? value : null).ReadUnvalidated();
}
