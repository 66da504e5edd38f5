using System.Text;
using S3Lister.Functions.Query;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Summary;

/// <summary>Binds and validates what a summary is broken down by. A parameter without an effect is rejected.</summary>
internal static class BreakdownBinder
{
    private const string Depth = "depth";
    private const string MinShare = "min-share";
    private const string ModifiedEdges = "modified-edges";
    private const string By = "by";
    private const string Cube = "cube";
    private const string Ending = "ending";

    public static IReadOnlyList<string> Parameters { get; } = [Depth, MinShare, ModifiedEdges, By];

    /// <exception cref="InvalidRequestException">A parameter is invalid. The exception has its name and the rule.</exception>
    public static SummaryQuery Bind(QueryString parameters, SummaryQuery query)
    {
        var depth = ListingParameters.Number(parameters, Depth, 1, SummaryQuery.MaxDepth);
        var minShare = ListingParameters.Number(parameters, MinShare, 0, SummaryQuery.MaxMinShare);
        var edges = ReadEdges(parameters);
        var by = ReadBy(parameters);
        Require(depth is null || query.Delimiter is not null, Depth, "depth requires delimiter, which ends the levels of the tree.");
        Require(minShare is null || depth is not null, MinShare, "min-share requires depth.");
        Require(
            edges.Length == 0 || depth is not null || by.Contains(Cube), ModifiedEdges, "modified-edges requires depth or by=cube.");

        return query with
        {
            Depth = depth ?? 0,
            MinShare = minShare ?? 0,
            ModifiedEdges = edges,
            HasCube = by.Contains(Cube),
            HasEndings = by.Contains(Ending),
        };
    }

    private static DateTime[] ReadEdges(QueryString parameters)
    {
        if (parameters[ModifiedEdges] is not { } text)
        {
            return [];
        }

        var edges = Array.ConvertAll(text.Split(','), static edge => Rfc3339.TryParse(Encoding.UTF8.GetBytes(edge), out var ticks) ? ticks : -1);
        Require(
            edges.Length <= SummaryQuery.MaxModifiedEdges && edges[0] >= 0 && edges.Zip(edges[1..]).All(static pair => pair.First < pair.Second),
            ModifiedEdges,
            $"modified-edges must be 1 to {SummaryQuery.MaxModifiedEdges} RFC 3339 times in ascending order, separated by commas, such as 2026-01-01T00:00:00Z,2026-06-01T00:00:00Z; encode the + of an offset as %2B.");
        return Array.ConvertAll(edges, static ticks => new DateTime(ticks, DateTimeKind.Utc));
    }

    private static string[] ReadBy(QueryString parameters)
    {
        var names = parameters[By]?.Split(',') ?? [];
        Require(
            names.All(static name => name is Cube or Ending) && names.Distinct().Count() == names.Length,
            By,
            "by must be cube, ending, or both, separated by a comma.");
        return names;
    }

    private static void Require(bool isValid, string parameter, string rule)
    {
        if (!isValid)
        {
            throw InvalidRequestException.BadParameter(parameter, rule);
        }
    }
}
