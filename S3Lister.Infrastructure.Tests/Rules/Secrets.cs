using System.Text.RegularExpressions;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>Nothing that looks like a secret: by its form anywhere, by its name in an environment or a default.</summary>
internal static partial class Secrets
{
    public static IEnumerable<string> Check(TemplateSet set) => set.Paths.SelectMany(path => set[path].Texts()
        .Where(text => Form().IsMatch(text.Text) || (Place().IsMatch(text.Path) && text.Text.Length > 0 && Name().IsMatch(text.Path.Split('/').Last(part => part != "Default"))))
        .Select(text => $"{path}{text.Path}: looks like a secret"));

    [GeneratedRegex(@"\b(AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_\w{36}|\bxox[abps]-[\w-]{10,}|(?<![\w/+=-])(?=[A-Za-z0-9/+]*[0-9])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[a-z])[A-Za-z0-9/+]{40}(?![\w/+=-])")]
    private static partial Regex Form();

    [GeneratedRegex("/Environment/Variables/[^/]+$|^/Parameters/[^/]+/Default$")]
    private static partial Regex Place();

    [GeneratedRegex("(?i)password|passwd|secret|api_?key|private_?key|access_?key|credential|auth_?token")]
    private static partial Regex Name();
}
