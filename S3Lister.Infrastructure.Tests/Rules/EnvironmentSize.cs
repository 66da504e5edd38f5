using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>
/// The variables of each function fit into Lambda's 4 KB, whatever the parameters allow. Lambda measures them as JSON: in its
/// error message, which quotes what it measured, the quotes of a value are escaped.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"/>
internal static class EnvironmentSize
{
    private const int Limit = 4096;

    /// <summary>Left for what a deployment puts in.</summary>
    private const int Reserve = 128;

    /// <summary>The densest JSON of a value has a quote for every other character; a value without quotes is as long as it is.</summary>
    private const double Escaped = 1.5;

    public static IEnumerable<string> Check(TemplateSet set) => set.OfType("AWS::Serverless::Function").SelectMany(function =>
    {
        var template = set[function.Template];
        var sizes = Variables(template["Globals"]?["Function"]?["Environment"]?["Variables"] as JsonObject).Concat(Variables(function["Environment"]?["Variables"] as JsonObject))
            .Select(variable => (variable.Key, Size: Size(template, variable.Value) + variable.Key.Length + "\"\":\"\",".Length)).ToArray();
        return sizes.Where(variable => double.IsInfinity(variable.Size)).Select(variable => $"{function}: {variable.Key} may be of any length")
            .Concat(sizes.Sum(variable => variable.Size) is var sum and > Limit - Reserve ? [$"{function}: its variables may have {sum} bytes"] : []);
    });

    private static JsonObject Variables(JsonObject? variables) => variables ?? [];

    /// <summary>The most bytes that a value may have; infinity where nothing bounds it.</summary>
    private static double Size(JsonObject template, JsonNode? value) => value switch
    {
        JsonObject { Count: 1 } call => call.First() switch
        {
            ("Ref", var name) when ((string)name!).StartsWith("AWS::", StringComparison.Ordinal) => "123456789012".Length,
            ("Ref", var name) => template["Parameters"]?[(string)name!] is JsonObject parameter ? Longest(parameter) : double.PositiveInfinity,
            ("Fn::If", JsonArray choice) => Math.Max(Size(template, choice[1]), Size(template, choice[2])),
            _ => double.PositiveInfinity,
        },
        _ => value.Scalar()?.Length ?? double.PositiveInfinity,
    };

    private static double Longest(JsonObject parameter) => parameter switch
    {
        _ when parameter["AllowedValues"] is JsonArray values => values.Max(value => value.Scalar()!.Length),
        _ when parameter["MaxValue"].Scalar() is { } most => most.Length,
        _ when parameter["MaxLength"].Scalar() is { } most => int.Parse(most, CultureInfo.InvariantCulture) * (!IsAscii(parameter) ? double.PositiveInfinity : Accepts(parameter, '"') || Accepts(parameter, '\\') ? Escaped : 1),
        _ => double.PositiveInfinity,
    };

    /// <summary>CloudFormation counts characters, and Lambda bytes: the pattern must refuse what has more than one.</summary>
    private static bool IsAscii(JsonObject parameter) => !Accepts(parameter, '\u00e9') && !Accepts(parameter, '\n');

    /// <summary>Whether the pattern accepts this character somewhere: alone, or in a prefix or a list of them.</summary>
    private static bool Accepts(JsonObject parameter, char character) =>
        parameter["AllowedPattern"].Scalar() is not { } pattern
        || new[] { $"{character}{character}{character}", $"{character}/", $"a{character}b/", $"a/,{character}/" }.Any(text => Regex.IsMatch(text, pattern));
}
