using System.Globalization;
using System.Text.RegularExpressions;

namespace S3Lister.Documentation.Tests;

/// <summary>The table in <c>docs/pitfalls.md</c> is complete, and each test that it names exists.</summary>
public sealed partial class PitfallTests
{
    private static readonly string[] Projects =
        ["S3Lister.Tests", "S3Lister.Local.Tests", "S3Lister.EndToEnd.Tests", "eng/standins/StandIns.Tests"];

    private static readonly IReadOnlyList<string[]> Rows = Table.Read("docs/pitfalls.md", "no.");

    [Fact]
    public void Table_Has_All_Pitfalls() =>
        Assert.Equal(
            // 43 is about clients that are generated from the OpenAPI document. eng/openapi tests them.
            Enumerable.Range(1, 45).Where(number => number != 43).Select(number => number.ToString(CultureInfo.InvariantCulture)),
            Rows.Select(row => row[0]));

    [Fact]
    public void Each_Row_Has_Every_Cell_And_Names_Existing_Tests()
    {
        var tests = Projects.SelectMany(TestsOf).ToLookup(name => name);

        Assert.All(Rows, row =>
        {
            Assert.Equal(4, row.Length);
            Assert.All(row, Assert.NotEmpty);
            Assert.NotEmpty(Table.Code(row[3]));
            Assert.All(Table.Code(row[3]), name => Assert.True(tests[name].Count() == 1, $"{row[0]}: {name} is not a test."));
        });
    }

    /// <summary>From the sources, because this project references no other test project.</summary>
    private static IEnumerable<string> TestsOf(string project) =>
        from file in Directory.EnumerateFiles(Repository.Path(project), "*Tests.cs", SearchOption.AllDirectories)
        from Match test in TestMethod().Matches(File.ReadAllText(file))
        select $"{Path.GetFileNameWithoutExtension(file)}.{test.Groups[1].Value}";

    /// <summary>The first method after a test's attribute; other attributes may come between them.</summary>
    [GeneratedRegex(@"^    \[(?:Fact|Theory)\b(?:(?!^    public ).)*^    public (?:void|async Task|Task) (\w+)\(", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex TestMethod();
}
