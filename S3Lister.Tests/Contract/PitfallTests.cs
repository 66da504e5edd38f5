using System.Globalization;
using S3Lister.Tests.Documentation.Support;

namespace S3Lister.Tests.Contract;

/// <summary>The table in <c>docs/pitfalls.md</c>: complete, and each test that it names is one.</summary>
public sealed class PitfallTests
{
    private static readonly IReadOnlyList<string[]> Rows = Table.Read("docs/pitfalls.md", "no.");

    [Fact]
    public void Table_Has_All_Pitfalls() =>
        Assert.Equal(Enumerable.Range(1, 18).Select(number => number.ToString(CultureInfo.InvariantCulture)), Rows.Select(row => row[0]));

    [Fact]
    public void Each_Row_Says_What_Is_Done_And_Names_Tests_That_Exist()
    {
        var tests = typeof(PitfallTests).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(), (type, method) => (type, method))
            .Where(test => test.method.IsDefined(typeof(FactAttribute), inherit: true))
            .ToLookup(test => $"{test.type.Name}.{test.method.Name}");

        Assert.All(Rows, row =>
        {
            Assert.Equal(4, row.Length);
            Assert.All(row, Assert.NotEmpty);
            Assert.NotEmpty(Table.Code(row[3]));
            Assert.All(Table.Code(row[3]), name => Assert.True(tests[name].Count() == 1, $"{row[0]}: {name} is no test."));
        });
    }
}
