using Mono.Cecil;
using S3Lister.Functions;
using S3Lister.Listing.S3;

namespace S3Lister.Tests.Architecture;

/// <summary>The allowed dependencies between folders. A folder uses those listed here, and no other.</summary>
public sealed class LayerTests
{
    private static readonly string Listing = typeof(S3Page).Assembly.Location;
    private static readonly string Functions = typeof(ListingFunctions).Assembly.Location;

    private static readonly Dictionary<string, string[]> Uses = new()
    {
        ["Listing.Text"] = [],
        ["Listing.Xml"] = ["Listing.Text"],
        ["Listing.S3.Client"] = ["Listing.Text", "Listing.Xml"],
        ["Listing.S3"] = ["Listing.Text", "Listing.Xml", "Listing.S3.Client"],
        ["Listing.Filters"] = ["Listing.Xml", "Listing.S3"],
        ["Listing.Ranges"] = ["Listing.Text", "Listing.Xml", "Listing.S3"],
        ["Listing.Tallies"] = ["Listing.Text", "Listing.S3", "Listing.Ranges"],
        ["Functions.Access"] = [],
        ["Functions.Configuration"] = ["Functions.Access", "Listing.S3", "Listing.S3.Client"],
        ["Functions.Gateway"] = ["Functions.Access", "Listing.Text", "Listing.S3"],
        ["Functions.Query"] = ["Listing.Text", "Listing.Filters"],
        ["Functions.Objects"] = ["Functions.Gateway", "Functions.Query", "Listing.Text", "Listing.Xml", "Listing.S3", "Listing.Filters"],
        ["Functions.Summary"] = ["Functions.Gateway", "Functions.Query", "Listing.Text", "Listing.Xml", "Listing.S3", "Listing.Filters", "Listing.Ranges", "Listing.Tallies"],
        ["Functions.Health"] = ["Functions.Gateway", "Listing.Text", "Listing.S3"],
        ["Functions.Permissions"] = ["Functions.Access", "Functions.Gateway", "Listing.Text"],
        ["Functions.Pipeline"] = ["Functions.Access", "Functions.Gateway", "Functions.Query", "Listing.Text", "Listing.S3", "Listing.S3.Client"],
    };

    [Fact]
    public void Folders_Use_Only_Those_Below_Them()
    {
        var edges = Edges();
        var allowed = Uses.SelectMany(folder => folder.Value, (folder, used) => (folder.Key, used)).ToHashSet();

        Assert.DoesNotContain(edges, edge => edge.From != "Functions" && !allowed.Contains(edge));
        Assert.Empty(allowed.Except(edges));
        Assert.Empty(FolderGraph.InCircles(edges));
    }

    [Fact]
    public void Listing_Does_Not_Reference_Lambda()
    {
        using var module = ModuleDefinition.ReadModule(Listing);

        Assert.DoesNotContain(module.AssemblyReferences, reference => reference.Name.StartsWith("Amazon.Lambda", StringComparison.Ordinal));
    }

    [Fact]
    public void Circle_Is_Found_When_One_Is_Planted() => Assert.Equal(
        ["S3Lister.Tests.Architecture.Planted.First", "S3Lister.Tests.Architecture.Planted.Second"],
        FolderGraph.InCircles(FolderGraph.Edges(typeof(LayerTests).Assembly.Location, "S3Lister.Tests.Architecture.Planted")));

    private static HashSet<(string From, string To)> Edges() =>
    [
        .. FolderGraph.Edges(Listing, "S3Lister").Concat(FolderGraph.Edges(Functions, "S3Lister"))
            .Select(edge => (edge.From["S3Lister.".Length..], edge.To["S3Lister.".Length..])),
    ];
}
