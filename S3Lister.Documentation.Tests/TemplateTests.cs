using System.Text.Json;
using System.Text.Json.Nodes;

namespace S3Lister.Documentation.Tests;

/// <summary>The permissions in serverless.template. infrastructure/checks checks the rest of it.</summary>
public sealed class TemplateTests
{
    private static readonly JsonObject Template = JsonNode.Parse(Repository.Read(Repository.Template))!.AsObject();

    private static readonly JsonObject Resources = Template["Resources"]!.AsObject();

    public static TheoryData<string> Functions => [.. OfType("AWS::Serverless::Function")];

    [Fact]
    public void Each_Function_Has_Its_Own_Role_And_Log_Group()
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

    /// <summary>Compares whole policies, so an additional action, resource or statement fails.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void Role_Can_Only_List_The_Bucket_If_Needed_And_Write_Its_Own_Log(string function)
    {
        var role = Resources[$"{function}Role"]!["Properties"]!.AsObject();
        var listing = function switch
        {
            "DescribeAccess" => "",
            "Health" => Listing("""{ "NumericLessThanEquals": { "s3:max-keys": "1" } }"""),
            _ => Listing("""
                { "Fn::If": ["LimitsPrefixes", { "StringLike": { "s3:prefix": { "Fn::Split": [",",
                  { "Fn::Join": ["", [{ "Fn::Join": ["*,", { "Fn::Split": [",", { "Ref": "ListablePrefixes" }] }] }, "*"]] }] } } }, { "Ref": "AWS::NoValue" }] }
                """),
        };

        AssertJson(
            $$"""
            [
              {{listing}}
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
    public void Only_Lambda_Can_Assume_The_Role(string function) =>
        AssertJson(
            """[{ "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" }]""",
            Property($"{function}Role", "AssumeRolePolicyDocument")!["Statement"]!);

    [Fact]
    public void Deployment_Can_Only_Move_The_Aliases_Of_The_Functions()
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
    public void Caller_Can_Only_Call_The_Routes()
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
    public void Function_Has_Memory_And_Timeout_And_No_Additional_Permissions(string function)
    {
        // 1769 MB is one vCPU.
        Assert.InRange((int)Property(function, "MemorySize")!, 128, 1769);
        // Less than the 30 seconds of an HTTP API's integration, so that the function's own response arrives in time.
        Assert.InRange((int)Property(function, "Timeout")!, 1, 29);
        Assert.All(
            (string[])["Policies", "FunctionUrlConfig", "VpcConfig", "ManagedPolicyArns"],
            property => Assert.Null(Property(function, property)));
        Assert.Equal("provided.al2023", (string?)Property(function, "Runtime"));
    }

    /// <summary>What a new function needs too, beside the role, the log group and the policies of the tests above.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_Has_Everything_That_Each_Function_Needs(string function)
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
        Assert.Equal("WriteTraces", (string?)Property($"{function}Role", "Policies")!.AsArray()[^1]!["Fn::If"]![1]!["PolicyName"]);
        Assert.All(
            (string[])["Function", "LogGroupName", "RoleArn"],
            output => Assert.NotNull(Template["Outputs"]![$"{function}{output}"]));
    }

    [Fact]
    public void Every_Route_Requires_Iam()
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
    public void Logs_Have_A_Retention_Period() =>
        Assert.All(OfType("AWS::Logs::LogGroup"), group => Assert.Equal("LogRetentionInDays", (string?)Property(group, "RetentionInDays")!["Ref"]));

    /// <summary>A resource of another type could grant anything.</summary>
    [Fact]
    public void Resource_Types_Are_Those_That_These_Tests_Check() =>
        Assert.Equal(
            [
                "AWS::CloudWatch::Alarm", "AWS::IAM::ManagedPolicy", "AWS::IAM::Role", "AWS::KMS::Key", "AWS::Logs::LogGroup", "AWS::Logs::MetricFilter",
                "AWS::Serverless::Function", "AWS::Serverless::HttpApi",
            ],
            Sorted(Resources.Select(resource => (string)resource.Value!["Type"]!).Distinct()));

    private static IEnumerable<string> OfType(string type) =>
        Resources.Where(resource => (string?)resource.Value!["Type"] == type).Select(resource => resource.Key);

    private static string Listing(string condition) =>
        $$"""
        {
          "Effect": "Allow",
          "Action": "s3:ListBucket",
          "Resource": { "Fn::Sub": "arn:${AWS::Partition}:s3:::${BucketName}" },
          "Condition": {{condition}}
        },
        """;

    private static IEnumerable<string> Sorted(IEnumerable<string> names) => names.Order(StringComparer.Ordinal);

    private static JsonNode? Property(string resource, string property) => Resources[resource]!["Properties"]![property];

    /// <summary>Includes the statements of conditional policies.</summary>
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
