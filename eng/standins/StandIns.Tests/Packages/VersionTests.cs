using System.Xml.Linq;

namespace StandIns.Tests.Packages;

/// <summary>A version is in three places: the product's, the probe's and the stand-in's own.</summary>
public sealed class VersionTests
{
    private static readonly string StandIns = FindStandIns();

    public static TheoryData<string, string> Wanted =>
        [.. XDocument.Load(Path.Combine(StandIns, "..", "..", "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => (Id: (string)package.Attribute("Include")!, Version: (string)package.Attribute("Version")!))
            .Where(package => package.Id.StartsWith("Amazon.Lambda.", StringComparison.Ordinal))];

    [Fact]
    public void Product_Has_Lambda_Packages() => Assert.NotEmpty(Wanted);

    [Theory]
    [MemberData(nameof(Wanted))]
    public void Probe_Requests_The_Version_Of_The_Product(string id, string version)
    {
        var referenced = XDocument.Load(Path.Combine(StandIns, "Probe", "Probe.csproj"))
            .Descendants("PackageDownload")
            .Single(package => (string?)package.Attribute("Include") == id);

        Assert.Equal($"[{version}]", (string?)referenced.Attribute("Version"));
    }

    [Theory]
    [MemberData(nameof(Wanted))]
    public void Stand_In_Is_Just_Above_The_Version_Of_The_Product(string id, string version)
    {
        var project = XDocument.Load(Path.Combine(StandIns, id, $"{id}.csproj"));

        Assert.Equal($"{version}.$(StandInRevision)", project.Descendants("Version").Single().Value);
    }

    private static string FindStandIns()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "StandIns.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
