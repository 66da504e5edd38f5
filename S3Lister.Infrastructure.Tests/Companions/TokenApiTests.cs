using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Companions;

/// <summary>The token API has each route of the service's API, for the same function and with the same default limits.</summary>
public sealed class TokenApiTests
{
    private static readonly JsonObject Resources = TemplateSet.Current[TemplateSet.TokenApi]["Resources"]!.AsObject();

    public static TheoryData<string, string> Routes => [.. TemplateSet.Current.OfType("AWS::Serverless::Function")
        .Where(function => function.Template == TemplateSet.Service)
        .Select(function => (function.Id, (string)function["Events"]!.AsObject().Single().Value!["Properties"]!["Path"]!))];

    [Theory]
    [MemberData(nameof(Routes))]
    public void Function_Has_A_Route_With_Its_Own_Scope_And_Limits(string function, string path)
    {
        var alias = $"arn:${{AWS::Partition}}:lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:${{{function}Function}}:${{Alias}}";
        var route = Properties($"{function}TokenRoute");
        var permission = Properties($"{function}TokenPermission");

        Assert.Equal($"GET {path}", (string?)route["RouteKey"]);
        Assert.Equal("JWT", (string?)route["AuthorizationType"]);
        Assert.Equal("TokenAuthorizer", (string?)route["AuthorizerId"]!["Ref"]);
        Assert.Single(route["AuthorizationScopes"]!.AsArray());
        Assert.Equal($"integrations/${{{function}TokenIntegration}}", (string?)route["Target"]!["Fn::Sub"]);
        Assert.Equal(alias, (string?)Properties($"{function}TokenIntegration")["IntegrationUri"]!["Fn::Sub"]);
        Assert.Equal(alias, (string?)permission["FunctionName"]!["Fn::Sub"]);
        Assert.Equal(
            $"arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{TokenApi}}/$default/GET{path}",
            (string?)permission["SourceArn"]!["Fn::Sub"]);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse($$"""
                {
                  "ThrottlingRateLimit": { "Ref": "{{function}}RateLimit" },
                  "ThrottlingBurstLimit": { "Ref": "{{function}}BurstLimit" },
                  "DetailedMetricsEnabled": { "Ref": "DetailedMetrics" }
                }
                """),
            Properties("TokenStage")["RouteSettings"]![$"GET {path}"]));
        Assert.Contains($"{function}TokenRoute", Resources["TokenStage"]!["DependsOn"]!.AsArray().Select(name => (string?)name));
    }

    [Fact]
    public void Authorizer_Accepts_The_Stacks_Client_And_The_Named_Ones() =>
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                { "Fn::If": ["HasTokenClients",
                  { "Fn::Split": [",", { "Fn::Join": [",", [{ "Ref": "MachineClient" }, { "Fn::Join": [",", { "Ref": "TokenClientIds" }] }]] }] },
                  [{ "Ref": "MachineClient" }]] }
                """),
            Properties("TokenAuthorizer")["JwtConfiguration"]!["Audience"]));

    [Fact]
    public void Limits_Are_By_Default_Those_Of_The_Service()
    {
        var (service, tokens) = (Parameters(TemplateSet.Service), Parameters(TemplateSet.TokenApi));
        var limits = tokens.Select(parameter => parameter.Key).Where(name => name.EndsWith("Limit", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(limits);
        Assert.All(limits, name => Assert.Equal(service[name]!["Default"].Scalar(), tokens[name]!["Default"].Scalar()));
    }

    private static JsonNode Properties(string resource) => Resources[resource]!["Properties"]!;

    private static JsonObject Parameters(string template) => TemplateSet.Current[template]["Parameters"]!.AsObject();
}
