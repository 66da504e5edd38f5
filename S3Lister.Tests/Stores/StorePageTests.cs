namespace S3Lister.Tests.Stores;

/// <summary>The table in <c>docs/stores.md</c> has one row for each profile, with the result that the tests expect.</summary>
public sealed class StorePageTests
{
    private static readonly IReadOnlyList<string[]> Rows = Table.Read("docs/stores.md", "store");

    private static readonly (Requests Request, string Name)[] Names =
    [
        (Requests.Page, "a page"), (Requests.Folder, "with a delimiter"), (Requests.StartAfter, "`start-after`"),
        (Requests.Pages, "further pages"), (Requests.Summary, "`/summary`"), (Requests.Health, "`/health`"),
    ];

    [Fact]
    public void Each_Profile_Has_A_Row_With_Its_Behavior_And_The_Result() =>
        Assert.Equal(
            StoreProfile.All.Select(profile => (
                $"`{profile.Name}`", profile.Does, Outcome(profile), Link(profile.Report))),
            Rows.Select(row => (row[0], row[1], row[2], row[4])));

    [Fact]
    public void Each_Row_Says_Why() => Assert.All(Rows, row => Assert.NotEmpty(row[3]));

    [Fact]
    public void Tests_That_The_Page_Names_Exist()
    {
        var page = Repository.Read("docs/stores.md");

        Assert.All((string[])[nameof(StoreTests), nameof(StorePageTests)], name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    private static string Link(string? report) =>
        report is null ? "none known" : $"[{report}](https://github.com/{report.Replace("#", "/issues/", StringComparison.Ordinal)})";

    private static string Outcome(StoreProfile profile)
    {
        var (refused, accepted) = (Names.Where(name => profile.Refused.HasFlag(name.Request)).ToList(), Names.Where(name => !profile.Refused.HasFlag(name.Request)).ToList());
        var refusal = profile.Refusal.Status == 502 ? "refused" : $"refused ({profile.Refusal.Status} `{profile.Refusal.Code}`)";
        return (refused.Count, accepted.Count) switch
        {
            (0, _) => "accepted",
            (_, 0) => refusal,
            (_, 1) => $"{refusal}, but not {accepted[0].Name}",
            _ => $"{refusal}: {string.Join(", ", refused.Select(name => name.Name))}",
        };
    }
}
