using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

public sealed class RuleTests
{
    public static TheoryData<string> Rules => [.. AllRules.ByName.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Templates_Have_No_Findings(string rule) =>
        Assert.Equal("", string.Join('\n', AllRules.ByName[rule](TemplateSet.Current)));
}
