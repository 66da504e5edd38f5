using System.Text.RegularExpressions;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>No partition, region or account but the stack's own.</summary>
internal static partial class HardCoded
{
    public static IEnumerable<string> Check(TemplateSet set) => set.Resources.SelectMany(resource => resource.Properties.Texts()
        .Where(text => !text.Path.Contains("Description", StringComparison.Ordinal))
        .Select(text => (text.Path, Match: Place().Match(ServicePrincipal().Replace(text.Text, ""))))
        .Where(text => text.Match.Success)
        .Select(text => $"{resource}{text.Path}: '{text.Match.Value}' is written out"));

    [GeneratedRegex(@"arn:aws[a-z-]*:|\b(us|eu|ap|sa|ca|me|af|il|mx|cn)-(gov-|iso[a-z]?-)?(north|south|east|west|central|northeast|southeast|southwest|northwest)-\d\b|(?<![\w-])\d{12}(?![\w-])|\.amazonaws\.com")]
    private static partial Regex Place();

    /// <summary>The names of services are the same in each partition.</summary>
    [GeneratedRegex(@"^[a-z0-9.-]+(\.\$\{AWS::Region\})?\.amazonaws\.com$|""[a-z0-9.-]+\.amazonaws\.com""")]
    private static partial Regex ServicePrincipal();
}
