using System.Globalization;
using System.Text.RegularExpressions;

namespace S3Lister.Tests.Contract;

/// <summary>The table in <c>docs/pitfalls.md</c>: complete, and each test that it names is one.</summary>
public sealed partial class PitfallTests
{
    private static readonly string[] Projects = ["S3Lister.Tests", "S3Lister.Local.Tests", "eng/standins/StandIns.Tests"];

    private static readonly IReadOnlyList<string[]> Rows = Table.Read("docs/pitfalls.md", "no.");

    [Fact]
    public void Table_Has_All_Pitfalls() =>
        Assert.Equal(
            // 43 is about clients that are generated from the OpenAPI document.
            Enumerable.Range(1, 45).Where(number => number != 43).Select(number => number.ToString(CultureInfo.InvariantCulture)),
            Rows.Select(row => row[0]));

    [Fact]
    public void Each_Row_Says_What_Is_Done_And_Names_Tests_That_Exist()
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

    /// <summary>From the sources: the stand-ins' test project cannot be referenced, since it builds what this one is built with.</summary>
    private static IEnumerable<string> TestsOf(string project) =>
        from file in Directory.EnumerateFiles(Repository.Path(project), "*Tests.cs", SearchOption.AllDirectories)
        from Match test in TestMethod().Matches(File.ReadAllText(file))
        select $"{Path.GetFileNameWithoutExtension(file)}.{test.Groups[1].Value}";

    [GeneratedRegex(@"public (?:void|async Task|Task) (\w+)\(")]
    private static partial Regex TestMethod();
}
