using System.Text.Json;
using System.Text.Json.Nodes;

namespace S3Lister.Documentation.Tests;

/// <summary>What serverless.template grants, and to whom. infrastructure/checks checks the rest of it.</summary>
public sealed class TemplateTests
{
    private static readonly JsonObject Template = JsonNode.Parse(Repository.Read(Repository.Template))!.AsObject();

    private static readonly JsonObject Resources = Template["Resources"]!.AsObject();

    public static TheoryData<string> Functions => [.. OfType("AWS::Serverless::Function")];

    [Fact]
    public void Functions_Have_Roles_And_Log_Groups_Of_Their_Own()
    {
        string[] functions = [.. OfType("AWS::Serverless::Function")];

        Assert.NotEmpty(functions);
        Assert.Equal(Sorted([.. functions.Select(function => $"{function}Role"), "CallerRole", "TrafficRole"]), Sorted(OfType("AWS::IAM::Role")));
        Assert.Equal(Sorted([.. functions.Select(function => $"{function}LogGroup"), "AccessLogGroup"]), Sorted(OfType("AWS::Logs::LogGroup")));
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
        var limit = function == "Health"
            ? """{ "NumericLessThanEquals": { "s3:max-keys": "1" } }"""
            : """
            { "Fn::If": ["LimitsPrefixes", { "StringLike": { "s3:prefix": { "Fn::Split": [",",
              { "Fn::Join": ["", [{ "Fn::Join": ["*,", { "Fn::Split": [",", { "Ref": "ListablePrefixes" }] }] }, "*"]] }] } } }, { "Ref": "AWS::NoValue" }] }
            """;

        AssertJson(
            $$"""
            [
              {
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": { "Fn::Sub": "arn:${AWS::Partition}:s3:::${BucketName}" },
                "Condition": {{limit}}
              },
              {
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": { "Fn::GetAtt": ["{{function}}LogGroup", "Arn"] }
              },
              {
                "Effect": "Allow",
                "Action": ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
                "Resource": "*"
              }
            ]
            """,
            Statements($"{function}Role"));
        AssertJson("""["Traces"]""", Conditions($"{function}Role"));
        Assert.Equal(["AssumeRolePolicyDocument", "Description", "Path", "PermissionsBoundary", "Policies"], Sorted(role.Select(property => property.Key)));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Role_Is_Lambdas_Alone(string function) =>
        AssertJson(
            """[{ "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" }]""",
            Property($"{function}Role", "AssumeRolePolicyDocument")!["Statement"]!);

    [Fact]
    public void Deployment_Moves_The_Aliases_Of_The_Functions_And_Nothing_Else()
    {
        var aliases = OfType("AWS::Serverless::Function").Select(function =>
            $$$"""{ "Fn::GetAtt": ["{{{function}}}", "Arn"] }, { "Fn::Sub": "${{{{function}}}.Arn}:live" }""");

        AssertJson(
            $$"""
            [
              {
                "Effect": "Allow",
                "Action": ["lambda:GetAlias", "lambda:GetProvisionedConcurrencyConfig", "lambda:UpdateAlias"],
                "Resource": [{{string.Join(", ", aliases)}}]
              },
              {
                "Effect": "Allow",
                "Action": "cloudwatch:DescribeAlarms",
                "Resource": { "Fn::Sub": "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*" }
              }
            ]
            """,
            Statements("TrafficRole"));
    }

    [Fact]
    public void Caller_May_Call_The_Routes_And_Nothing_Else()
    {
        var statements = OfType("AWS::Serverless::Function").Select(function =>
            $$"""
            {
              "Sid": "{{function}}",
              "Effect": "Allow",
              "Action": "execute-api:Invoke",
              "Resource": { "Fn::Sub": "{{ApiArn("AnnotationsHttpApi", function)}}" }
            }
            """);

        AssertJson($"[{string.Join(", ", statements)}]", Property("InvokerPolicy", "PolicyDocument")!["Statement"]!);
        AssertJson("""[{ "Ref": "InvokerPolicy" }]""", Property("CallerRole", "ManagedPolicyArns")!);
        Assert.Null(Property("CallerRole", "Policies"));
    }

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

    /// <summary>A new function has these too; the tests above name its role, its log group and its place in the policies.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_Has_All_That_Functions_Have(string function)
    {
        var route = $"GET {Path(function)}";
        var limits = $$"""
            {
              "ThrottlingRateLimit": { "Ref": "{{function}}RateLimit" },
              "ThrottlingBurstLimit": { "Ref": "{{function}}BurstLimit" },
              "DetailedMetricsEnabled": { "Ref": "DetailedMetrics" }
            }
            """;

        AssertJson(limits, Property("AnnotationsHttpApi", "RouteSettings")![route]!);
        AssertJson(
            $$"""
            {
              "Type": { "Ref": "DeploymentPreference" },
              "Role": { "Fn::GetAtt": ["TrafficRole", "Arn"] },
              "Alarms": { "Fn::If": ["MovesAtOnce", [], [{ "Ref": "{{function}}ErrorsAlarm" }, { "Ref": "{{function}}ThrottlesAlarm" }, { "Ref": "{{function}}FailuresAlarm" }]] }
            }
            """,
            Property(function, "DeploymentPreference")!);
        Assert.Equal($"{function}LogGroup", (string?)Property($"{function}FailuresFilter", "LogGroupName")!["Ref"]);
        Assert.Equal(Property("ListObjectsFailuresFilter", "FilterPattern")!.ToJsonString(), Property($"{function}FailuresFilter", "FilterPattern")!.ToJsonString());
        Assert.Equal("WriteTraces", (string?)Property($"{function}Role", "Policies")![2]!["Fn::If"]![1]!["PolicyName"]);
        Assert.All(
            (string[])["Function", "LogGroupName", "RoleArn"],
            output => Assert.NotNull(Template["Outputs"]![$"{function}{output}"]));
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
            Assert.Equal(["ApiId", "Method", "Path"], Sorted(properties.Select(property => property.Key)));
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
            [
                "AWS::CloudWatch::Alarm", "AWS::IAM::ManagedPolicy", "AWS::IAM::Role", "AWS::KMS::Key", "AWS::Logs::LogGroup", "AWS::Logs::MetricFilter",
                "AWS::Serverless::Function", "AWS::Serverless::HttpApi",
            ],
            Sorted(Resources.Select(resource => (string)resource.Value!["Type"]!).Distinct()));

    private static IEnumerable<string> OfType(string type) =>
        Resources.Where(resource => (string?)resource.Value!["Type"] == type).Select(resource => resource.Key);

    private static IEnumerable<string> Sorted(IEnumerable<string> names) => names.Order(StringComparer.Ordinal);

    private static JsonNode? Property(string resource, string property) => Resources[resource]!["Properties"]![property];

    /// <summary>With those of policies that hang on a condition.</summary>
    private static JsonArray Statements(string role) =>
        [.. Property(role, "Policies")!.AsArray()
            .Select(policy => policy!["Fn::If"]?[1] ?? policy)
            .SelectMany(policy => policy["PolicyDocument"]!["Statement"]!.AsArray())
            .Select(statement => statement!.DeepClone())];

    private static JsonArray Conditions(string role) =>
        [.. Property(role, "Policies")!.AsArray().Select(policy => policy!["Fn::If"]?[0]?.DeepClone()).Where(condition => condition is not null)];

    private static string Path(string function) =>
        (string)Assert.Single(Property(function, "Events")!.AsObject()).Value!["Properties"]!["Path"]!;

    private static string ApiArn(string api, string function) =>
        $"arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{api}}}/$default/GET{Path(function)}";

    private static string? GetAtt(JsonNode? value, string attribute) =>
        value?["Fn::GetAtt"] is JsonArray { Count: 2 } pair && (string?)pair[1] == attribute ? (string?)pair[0] : null;

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
}
