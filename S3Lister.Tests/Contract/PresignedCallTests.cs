using System.Text;

namespace S3Lister.Tests.Contract;

/// <summary>Calls with the signature in the query: API Gateway checks the signature, and the functions ignore it.</summary>
public sealed class PresignedCallTests(GeneratedApi api) : IClassFixture<GeneratedApi>
{
    private const string Secret = "0123456789abcdef";

    private const string Signature =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA" + Secret + "%2F20261123%2Feu-central-1%2Fexecute-api%2Faws4_request"
        + "&X-Amz-Date=20261123T181929Z&X-Amz-Expires=300&X-Amz-SignedHeaders=host&X-Amz-Security-Token=IQoJ%2B" + Secret
        + "%2F%3D&X-Amz-Signature=" + Secret;

    [Fact]
    public async Task Signature_In_The_Query_Is_Accepted_On_Every_Route()
    {
        var objects = await api.ListAsync($"max-keys=2&{Signature}");
        var summary = await api.SummaryAsync($"{Signature}&prefix=logs%2F");
        var health = await api.HealthAsync(Signature);
        var access = await api.AccessAsync(Signature);

        Assert.Equal((200, 200, 200, 200), (objects.Status, summary.Status, health.Status, access.Status));
        Assert.Equal(GeneratedApi.Keys[..2], objects.Keys);
        Assert.Equal(4, summary.Json.GetProperty("objects").GetInt32());
    }

    [Theory]
    [InlineData("x-amz-signature=a")]
    [InlineData("X-Amz-Signatur=a")]
    [InlineData("X-Amz-Content-Sha256=UNSIGNED-PAYLOAD")]
    [InlineData("X-Amz-=a")]
    public async Task Similar_Name_Is_Refused_Like_Any_Unknown_Parameter(string query) =>
        Assert.Equal((400, "InvalidParameter", null), (await api.ListAsync($"{Signature}&{query}")).Problem);

    [Theory]
    [InlineData("max-keys=2&prefix=logs%2F")]
    [InlineData("delimiter=%2F&max-keys=2")]
    public async Task Page_ETag_And_Token_Are_Those_Of_A_Call_Signed_In_The_Header(string query)
    {
        var plain = await api.ListAsync(query);
        var presigned = await api.ListAsync($"{Signature}&{query}");

        var next = await api.ListAsync($"{query}&{Signature}&continuation-token={plain.NextToken}");
        var nextPlain = await api.ListAsync($"{query}&continuation-token={presigned.NextToken}");
        var unchanged = await api.ListAsync($"{query}&{Signature}", headers: ("if-none-match", plain.Headers["etag"]));

        Assert.Equal((plain.Body, plain.Headers["etag"], plain.Headers["link"]), (presigned.Body, presigned.Headers["etag"], presigned.Headers["link"]));
        Assert.Equal((200, nextPlain.Body), (next.Status, next.Body));
        Assert.Equal(304, unchanged.Status);
    }

    [Fact]
    public async Task Signature_Is_In_No_Response_And_In_No_Log()
    {
        S3Double s3 = new();
        FunctionContext context = new();
        s3.Responds(["a"], "next").Responds(["a"], "next");

        Envelope[] responses =
        [
            await s3.GetObjectsAsync($"{Signature}&max-keys=1", context),
            await s3.GetObjectsAsync($"{Signature}&max-keys=0", context),
            await s3.GetSummaryAsync($"{Signature}&top=a", context),
            await s3.GetHealthAsync(Signature, context),
        ];

        Assert.All(responses, response => Assert.DoesNotContain(
            response.Headers.Values.Append(response.Body), text => text.Contains(Secret, StringComparison.Ordinal)));
        Assert.DoesNotContain("X-Amz", responses[0].Headers["link"], StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(s3.Metrics.ToArray()), StringComparison.Ordinal);
        Assert.DoesNotContain(context.Log.Lines.SelectMany(line => line.Arguments), argument =>
            argument.ToString()!.Contains(Secret, StringComparison.Ordinal));
    }
}
