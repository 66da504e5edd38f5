using System.Text.Json;
using System.Text.Json.Nodes;
using S3Lister.Tests.Documentation.Support;

namespace S3Lister.Tests.Template;

/// <summary>What serverless.template grants, and to whom.</summary>
public sealed class TemplateTests
{
    private static readonly JsonObject Resources = JsonNode.Parse(Repository.Read(Repository.Template))!["Resources"]!.AsObject();

    public static TheoryData<string> Functions => [.. OfType("AWS::Serverless::Function")];

    [Fact]
    public void Functions_Have_Roles_And_Log_Groups_Of_Their_Own_And_There_Are_No_Others()
    {
        string[] functions = [.. OfType("AWS::Serverless::Function")];

        Assert.NotEmpty(functions);
        Assert.Equal(functions.Select(function => $"{function}Role"), OfType("AWS::IAM::Role"));
        Assert.Equal(functions.Select(function => $"{function}LogGroup"), OfType("AWS::Logs::LogGroup"));
        Assert.All(functions, function =>
        {
            Assert.Equal($"{function}Role", GetAtt(Property(function, "Role"), "Arn"));
            Assert.Equal($"{function}LogGroup", (string?)Property(function, "LoggingConfig")!["LogGroup"]!["Ref"]);
        });
    }

    /// <summary>The policies as a whole: one action, resource or statement more and this fails.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void Role_Lists_The_One_Bucket_Writes_Its_Own_Log_And_Nothing_Else(string function)
    {
        var role = Resources[$"{function}Role"]!["Properties"]!.AsObject();
        var policies = role["Policies"]!.AsArray().SelectMany(policy => policy!["PolicyDocument"]!["Statement"]!.AsArray());

        AssertJson(
            $$"""
            [
              {
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": { "Fn::Sub": "arn:${AWS::Partition}:s3:::${BucketName}" }
              },
              {
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": { "Fn::GetAtt": ["{{function}}LogGroup", "Arn"] }
              }
            ]
            """,
            new JsonArray([.. policies.Select(statement => statement!.DeepClone())]));
        Assert.Equal(
            ["AssumeRolePolicyDocument", "Description", "Policies"],
            role.Select(property => property.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Role_Is_Lambdas_Alone(string function) =>
        AssertJson(
            """[{ "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" }]""",
            Property($"{function}Role", "AssumeRolePolicyDocument")!["Statement"]!);

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_States_Its_Memory_And_Time_And_Brings_No_Rights_With_It(string function)
    {
        // 1769 MB are one core.
        Assert.InRange((int)Property(function, "MemorySize")!, 128, 1769);
        // Below the 30 seconds of an HTTP API's integration, so that an answer of ours can be on time.
        Assert.InRange((int)Property(function, "Timeout")!, 1, 29);
        Assert.All(
            (string[])["Policies", "FunctionUrlConfig", "VpcConfig", "ManagedPolicyArns"],
            property => Assert.Null(Property(function, property)));
        Assert.Equal("provided.al2023", (string?)Property(function, "Runtime"));
    }

    [Fact]
    public void Api_Is_IAMs_By_Default_And_No_Route_Says_Otherwise()
    {
        AssertJson("""{ "EnableIamAuthorizer": true, "DefaultAuthorizer": "AWS_IAM" }""", Property("AnnotationsHttpApi", "Auth")!);
        Assert.Equal(["AnnotationsHttpApi"], OfType("AWS::Serverless::HttpApi"));
        Assert.All(OfType("AWS::Serverless::Function"), function => Assert.All(Property(function, "Events")!.AsObject(), item =>
        {
            Assert.Equal("HttpApi", (string?)item.Value!["Type"]);
            var properties = item.Value["Properties"]!.AsObject();
            Assert.Equal(["ApiId", "Method", "Path"], properties.Select(property => property.Key).Order(StringComparer.Ordinal));
            Assert.Equal("AnnotationsHttpApi", (string?)properties["ApiId"]!["Ref"]);
        }));
    }

    [Fact]
    public void Logs_End() =>
        Assert.All(OfType("AWS::Logs::LogGroup"), group => Assert.Equal("LogRetentionInDays", (string?)Property(group, "RetentionInDays")!["Ref"]));

    /// <summary>A resource of a type that nobody here has looked at may grant anything.</summary>
    [Fact]
    public void Resources_Are_Of_The_Types_That_These_Tests_Look_At() =>
        Assert.Equal(
            ["AWS::IAM::Role", "AWS::Logs::LogGroup", "AWS::Serverless::Function", "AWS::Serverless::HttpApi"],
            Resources.Select(resource => (string)resource.Value!["Type"]!).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> OfType(string type) =>
        Resources.Where(resource => (string?)resource.Value!["Type"] == type).Select(resource => resource.Key);

    private static JsonNode? Property(string resource, string property) => Resources[resource]!["Properties"]![property];

    private static string? GetAtt(JsonNode? value, string attribute) =>
        value?["Fn::GetAtt"] is JsonArray { Count: 2 } pair && (string?)pair[1] == attribute ? (string?)pair[0] : null;

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
}
