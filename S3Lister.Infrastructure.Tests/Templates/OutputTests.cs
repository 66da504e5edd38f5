namespace S3Lister.Infrastructure.Tests.Templates;

/// <summary>The outputs of the service stack are the parameters of its companion stacks (docs/operations.md).</summary>
public sealed class OutputTests
{
    /// <summary>Parameters that a person chooses.</summary>
    private static readonly string[] Own = ["ServiceStackName", "AdministratorArn", "DomainName", "CertificateArn"];

    [Theory]
    [InlineData(TemplateSet.Observability)]
    [InlineData("infrastructure/opensearch.template")]
    [InlineData("infrastructure/rest-api.template")]
    [InlineData("infrastructure/token-api.template")]
    [InlineData("infrastructure/probe.template")]
    [InlineData("infrastructure/domain.template")]
    public void Parameters_Without_A_Default_Are_Outputs_Of_The_Service(string template)
    {
        var service = TemplateSet.Current[TemplateSet.Service];
        var functions = new TemplateSet(new Dictionary<string, System.Text.Json.Nodes.JsonObject> { [TemplateSet.Service] = service })
            .OfType("AWS::Serverless::Function").Select(function => function.Id).ToArray();
        var needed = TemplateSet.Current[template]["Parameters"]!.AsObject().Where(parameter => parameter.Value!["Default"] is null).Select(parameter => parameter.Key).Except(Own);

        Assert.All(needed, name => Assert.True(
            service["Outputs"]![name] is not null || (name.StartsWith("Summary", StringComparison.Ordinal) && !functions.Contains("Summary")),
            $"The service has no output {name}."));
    }
}
