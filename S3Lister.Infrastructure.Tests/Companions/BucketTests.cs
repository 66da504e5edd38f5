using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Companions;

/// <summary>The bucket policy and the service's roles match by name, without a reference between the stacks.</summary>
public sealed class BucketTests
{
    private static readonly IReadOnlyList<string> Functions = [.. TemplateSet.Current.OfType("AWS::Serverless::Function")
        .Where(function => function.Template == TemplateSet.Service).Select(function => function.Id)];

    private static readonly JsonNode Deny = TemplateSet.Current[TemplateSet.Bucket]["Resources"]!["DataBucketPolicy"]!["Properties"]!["PolicyDocument"]!["Statement"]!
        .AsArray().Single(statement => (string?)statement!["Sid"] == "DenyListingToOthers")!;

    [Fact]
    public void Policy_Names_The_Role_Of_Each_Function_And_Of_The_Inventory()
    {
        var named = Deny.Texts().Select(text => text.Text).Where(text => text.Contains(":role/", StringComparison.Ordinal));

        Assert.Equal(
            [
                .. Functions.Select(function => $"arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/${{ServiceStackName}}/${{ServiceStackName}}-{function}Role-*"),
                "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${InventoryStackName}/${InventoryStackName}-InventoryExportRole-*",
            ],
            named);
    }

    [Fact]
    public void Roles_Of_The_Functions_Have_The_Path_In_The_Policy_And_No_Fixed_Name() =>
        Assert.All(Functions, function =>
        {
            var role = TemplateSet.Current[TemplateSet.Service]["Resources"]![$"{function}Role"]!["Properties"]!;
            Assert.Equal("/${AWS::StackName}/", (string?)role["Path"]!["Fn::Sub"]);
            Assert.Null(role["RoleName"]);
        });

    [Fact]
    public void Service_Holds_No_Data() =>
        Assert.DoesNotContain(
            TemplateSet.Current.Resources.Where(resource => resource.Template == TemplateSet.Service),
            resource => resource.Type is "AWS::S3::Bucket" or "AWS::S3::BucketPolicy" or "AWS::Cognito::UserPool");

    [Fact]
    public void Functions_Receive_The_Prefixes_That_Their_Roles_May_List() =>
        Assert.Equal(
            "ListablePrefixes",
            (string?)TemplateSet.Current[TemplateSet.Service]["Globals"]!["Function"]!["Environment"]!["Variables"]!["S3LISTER_LISTABLE_PREFIXES"]!["Ref"]);
}
