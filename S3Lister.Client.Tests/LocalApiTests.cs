using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using S3Lister.Local;
using S3Lister.Local.EmbeddedS3.Sample;

namespace S3Lister.Client.Tests;

/// <summary>The client against the local API: the real functions behind a gateway that checks signatures.</summary>
public sealed class LocalApiTests(SampleApi sample) : IClassFixture<SampleApi>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("team-a/")]
    [InlineData("nothing/")]
    public async Task Objects_Are_All_Listed_In_Order_When_There_Are_Several_Pages(string prefix)
    {
        using var client = LocalCaller.Create(sample.Api.Url);

        var listed = await client.ListObjectsAsync(new ListObjectsQuery { Prefix = prefix, MaxKeys = 700 }, Cancelled).ToListAsync(Cancelled);

        Assert.Equal(Keys(prefix), listed.Select(entry => entry.Key));
    }

    /// <summary>Every character that a signer or a URL parser could change.</summary>
    [Fact]
    public async Task Any_Key_Can_Be_A_Prefix()
    {
        using var client = LocalCaller.Create(sample.Api.Url);

        // A query of percent-encoded bytes exceeds API Gateway's limit of headers if the key is very long.
        foreach (var key in OddKeys.All.Where(key => key.Length < 1000))
        {
            Assert.Contains(key, await client.ListObjectsAsync(key, Cancelled).Select(entry => entry.Key).ToListAsync(Cancelled));
        }
    }

    [Fact]
    public async Task Page_Has_Objects_Common_Prefixes_And_Cost()
    {
        using var client = LocalCaller.Create(sample.Api.Url);

        var page = await client.ListPagesAsync(new ListObjectsQuery { Prefix = "team-a/", Delimiter = "/" }, Cancelled).SingleAsync(Cancelled);

        var marker = Assert.Single(page.Contents);
        Assert.Equal(("team-a/", 0, "STANDARD"), (marker.Key, marker.Size, marker.StorageClass));
        Assert.Equal(new DateTimeOffset(2025, 1, 2, 0, 31, 50, TimeSpan.Zero), marker.LastModified);
        Assert.StartsWith("\"", marker.ETag, StringComparison.Ordinal);
        Assert.Equal(["team-a/invoices/", "team-a/reports/"], page.CommonPrefixes);
        Assert.Equal(("sample-bucket", 3, 1), (page.Bucket, page.Scanned, page.S3Requests));
    }

    [Fact]
    public async Task Filters_Select_Objects()
    {
        using var client = LocalCaller.Create(sample.Api.Url);
        ListObjectsQuery query = new()
        {
            Prefix = "team-a/",
            Include = "**/*.csv",
            Exclude = "**/2026-01*",
            MinSize = 1,
            MaxSize = 2_000_000,
            ModifiedAfter = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.FromHours(2)),
            ModifiedBefore = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
            StorageClasses = ["STANDARD", "STANDARD_IA"],
        };

        var listed = await client.ListObjectsAsync(query, Cancelled).ToListAsync(Cancelled);
        var everything = await client.ListObjectsAsync("team-a/", Cancelled).ToListAsync(Cancelled);

        Assert.NotEmpty(listed);
        Assert.Equal(
            everything.Where(entry => entry.Key.EndsWith(".csv", StringComparison.Ordinal) && !entry.Key.Contains("2026-01", StringComparison.Ordinal)
                && entry.Size is >= 1 and <= 2_000_000 && entry.LastModified >= query.ModifiedAfter && entry.LastModified < query.ModifiedBefore
                && query.StorageClasses.Contains(entry.StorageClass)).Select(entry => entry.Key),
            listed.Select(entry => entry.Key));
    }

    [Fact]
    public async Task Copied_Pages_Are_The_Lines_Of_The_Listing()
    {
        using var client = LocalCaller.Create(sample.Api.Url);
        using MemoryStream copy = new();
        ListObjectsQuery query = new() { MaxKeys = 900 };
        var count = 0L;
        do
        {
            var page = await client.CopyPageAsync(query, ObjectFormat.Ndjson, copy, Cancelled);
            count += page.KeyCount;
            query = query with { ContinuationToken = page.NextContinuationToken };
        }
        while (query.ContinuationToken is not null);

        Assert.Equal(SampleBucket.Count, count);
        Assert.Equal(
            SampleApi.ReadKeys(),
            Encoding.UTF8.GetString(copy.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonElement.Parse(line).GetProperty("key").GetString()!));
    }

    [Fact]
    public async Task Summary_Has_All_Sums()
    {
        using var client = LocalCaller.Create(sample.Api.Url);

        var summary = await client.SummarizeAsync(new SummaryQuery { Prefix = "team-a/", Delimiter = "/", Top = 3 }, Cancelled);
        var everything = await client.ListObjectsAsync("team-a/", Cancelled).ToListAsync(Cancelled);

        Assert.True(summary.Complete);
        Assert.Equal((everything.Count, everything.Sum(entry => entry.Size)), (summary.Objects, summary.Bytes));
        Assert.Equal(["team-a/invoices/", "team-a/reports/"], summary.Groups.Select(group => group.CommonPrefix));
        Assert.Equal(
            everything.OrderByDescending(entry => entry.Size).Take(3).Select(entry => entry.Key), summary.Largest.Select(entry => entry.Key));
    }

    [Fact]
    public async Task Access_Is_That_Of_The_Caller()
    {
        using var client = LocalCaller.Create(sample.Api.Url, LocalIdentities.Role);

        var access = await client.GetAccessAsync(Cancelled);

        Assert.Equal($"arn:aws:iam::{LocalIdentities.AccountId}:role/team-a", access.Principal);
        Assert.Equal(["team-a/"], access.Prefixes);
        Assert.Equal(("sample-bucket", "us-east-1", 10000), (access.Bucket, access.Region, access.Limits.MaxKeys));
    }

    [Fact]
    public async Task Health_Is_Ready()
    {
        using var client = LocalCaller.Create(sample.Api.Url);

        var health = await client.GetHealthAsync(Cancelled);

        Assert.True(health.IsReady);
        Assert.Equal((null, "us-east-1"), (health.Cause, health.Region));
    }

    [Fact]
    public async Task Problem_Is_An_Exception_With_Its_Code()
    {
        using var client = LocalCaller.Create(sample.Api.Url);

        var problem = await Assert.ThrowsAsync<S3ListerException>(async () =>
            await client.ListObjectsAsync(new ListObjectsQuery { MaxKeys = 0 }, Cancelled).ToListAsync(Cancelled));

        Assert.Equal((HttpStatusCode.BadRequest, "InvalidParameter", "max-keys"), (problem.StatusCode, problem.Code, problem.Parameter));
        Assert.Equal("max-keys must be a whole number from 1 to 10000.", problem.Message);
        Assert.NotNull(problem.RequestId);
        Assert.NotNull(problem.ServerTime);
    }

    [Fact]
    public async Task Prefix_Without_A_Grant_Is_PrefixNotAllowed()
    {
        using var client = LocalCaller.Create(sample.Api.Url, LocalIdentities.Role);

        var problem = await Assert.ThrowsAsync<S3ListerException>(async () =>
            await client.ListObjectsAsync("team-b/", Cancelled).ToListAsync(Cancelled));

        Assert.Equal((HttpStatusCode.Forbidden, "PrefixNotAllowed"), (problem.StatusCode, problem.Code));
    }

    [Fact]
    public async Task Wrong_Signature_Is_Forbidden()
    {
        using var client = LocalCaller.Create(sample.Api.Url, options: new() { Region = "eu-west-1" });

        var problem = await Assert.ThrowsAsync<S3ListerException>(() => client.GetAccessAsync(Cancelled));

        Assert.Equal((HttpStatusCode.Forbidden, "Forbidden"), (problem.StatusCode, problem.Code));
    }

    [Fact]
    public async Task Container_Provides_One_Client()
    {
        ServiceCollection services = new();
        services.AddS3ListerClient(
            sample.Api.Url,
            new Amazon.Runtime.BasicAWSCredentials(LocalIdentities.User.AccessKeyId, LocalIdentities.User.SecretAccessKey),
            new() { Region = "us-east-1" });
        await using var provider = services.BuildServiceProvider();

        var client = provider.GetRequiredService<S3ListerClient>();

        Assert.Same(client, provider.GetRequiredService<S3ListerClient>());
        Assert.Equal("sample-bucket", (await client.GetAccessAsync(Cancelled)).Bucket);
    }

    private static IEnumerable<string> Keys(string prefix) =>
        SampleApi.ReadKeys().Where(key => key.StartsWith(prefix, StringComparison.Ordinal));
}
