using System.Text.RegularExpressions;

namespace S3Lister.Infrastructure.Tests.Logs;

/// <summary>The fields that a query of CloudWatch Logs Insights reads.</summary>
internal static partial class InsightsQuery
{
    private static readonly HashSet<string> Words =
        ["SOURCE", "fields", "filter", "stats", "sort", "limit", "display", "parse", "dedup", "by", "as", "asc", "desc", "and", "or", "not", "like", "in"];

    public static IEnumerable<string> Fields(string query)
    {
        var text = Quoted().Replace(query, " ");
        var made = Alias().Matches(text).Select(match => match.Groups["name"].Value).ToHashSet();
        return Identifier().Matches(text).Select(match => match.Value)
            .Where(word => !Words.Contains(word) && !made.Contains(word) && word[0] != '@').Distinct();
    }

    [GeneratedRegex("""'[^']*'|"[^"]*"|/[^/|]*/""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bas\s+(?<name>\w+)")]
    private static partial Regex Alias();

    /// <summary>Not a function, which a parenthesis follows, and not a time such as 1h.</summary>
    [GeneratedRegex(@"(?<![\w@.])@?[A-Za-z_]\w*(?![\w(])")]
    private static partial Regex Identifier();
}
