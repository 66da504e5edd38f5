using S3Lister.Local.Gateway;

namespace S3Lister.Local.Tests.Gateway;

public sealed class TemplateReaderTests
{
    private const string Template = """
        {
          "Parameters": { "Bucket": { "Type": "String", "Default": "from-default" }, "Level": { "Type": "String" } },
          "Globals": {
            "Function": {
              "Timeout": 20, "MemorySize": 256,
              "LoggingConfig": { "LogFormat": "JSON", "ApplicationLogLevel": { "Ref": "Level" } },
              "Environment": { "Variables": { "A": "global", "B": "global" } }
            }
          },
          "Resources": {
            "Role": { "Type": "AWS::IAM::Role", "Properties": {} },
            "AnnotationsHttpApi": {
              "Type": "AWS::Serverless::HttpApi",
              "Properties": { "Auth": { "EnableIamAuthorizer": true, "DefaultAuthorizer": "AWS_IAM" } }
            },
            "List": {
              "Type": "AWS::Serverless::Function",
              "Properties": {
                "Handler": "bootstrap", "MemorySize": 512,
                "Environment": {
                  "Variables": {
                    "A": "own", "S3LISTER_BUCKET": { "Ref": "Bucket" }, "REGION": { "Ref": "AWS::Region" },
                    "ARN": { "Fn::GetAtt": [ "Role", "Arn" ] }, "UNKNOWN": { "Ref": "Role" }, "NUMBER": 5
                  }
                },
                "Events": {
                  "RootGet": {
                    "Type": "HttpApi",
                    "Properties": { "Path": "/objects", "Method": "GET", "ApiId": { "Ref": "AnnotationsHttpApi" } }
                  },
                  "Open": {
                    "Type": "HttpApi",
                    "Properties": {
                      "Path": "/open/{proxy+}", "Method": "any", "ApiId": { "Ref": "AnnotationsHttpApi" },
                      "Auth": { "Authorizer": "NONE" }
                    }
                  },
                  "Timer": { "Type": "Schedule", "Properties": { "Schedule": "rate(1 day)" } }
                }
              }
            },
            "Other": {
              "Type": "AWS::Serverless::Function",
              "Properties": {
                "Timeout": 5,
                "Events": { "All": { "Type": "HttpApi" } }
              }
            }
          }
        }
        """;

    [Fact]
    public void Routes_Have_The_Authorizer_Of_Their_Api_Or_Their_Own()
    {
        var api = TemplateReader.Parse(Template);

        Assert.Equal(
            [
                new Route("GET", "/objects", "List", true),
                new Route("ANY", "/open/{proxy+}", "List", false),
                new Route("ANY", "$default", "Other", false),
            ],
            api.Routes);
    }

    [Fact]
    public void Functions_Inherit_From_Globals()
    {
        var api = TemplateReader.Parse(
            Template, new Dictionary<string, string> { ["AWS::Region"] = "eu-west-1", ["Level"] = "DEBUG" });

        var list = api.Functions[0];
        Assert.Equal(
            ("List", "bootstrap", 512, TimeSpan.FromSeconds(20), "JSON", "DEBUG"),
            (list.LogicalId, list.Handler, list.MemorySize, list.Timeout, list.LogFormat, list.LogLevel));
        Assert.Equal(
            "A=own B=global NUMBER=5 REGION=eu-west-1 S3LISTER_BUCKET=from-default",
            string.Join(' ', list.Environment.Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal)));
        Assert.Equal((256, TimeSpan.FromSeconds(5)), (api.Functions[1].MemorySize, api.Functions[1].Timeout));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("Resources:")]
    [InlineData("{}")]
    [InlineData("""{"Resources":{"F":{"Type":"AWS::Serverless::Function","Properties":{"Timeout":"soon","Events":{"E":{"Type":"HttpApi"}}}}}}""")]
    public void Bad_Template_Is_One_Clear_Error(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);

            Assert.NotEmpty(Assert.Throws<LocalStackException>(() => TemplateReader.Read(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Missing_Template_Is_One_Clear_Error() =>
        Assert.StartsWith(
            "The template /nowhere/serverless.template cannot be read: ",
            Assert.Throws<LocalStackException>(() => TemplateReader.Read("/nowhere/serverless.template")).Message,
            StringComparison.Ordinal);
}
