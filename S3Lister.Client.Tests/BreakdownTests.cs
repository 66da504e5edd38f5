using CsCheck;

namespace S3Lister.Client.Tests;

/// <summary>Trees, cubes and endings of parts that are added up are those of the whole.</summary>
public sealed class BreakdownTests(SampleApi sample) : IClassFixture<SampleApi>
{
    private const int Parts = 4;

    private static readonly DateTimeOffset Edge = DateTimeOffset.UnixEpoch.AddDays(2);

    private static readonly Gen<ListedObject[]> Objects = Gen.Select(
        Gen.OneOf("", "/", "a/", "b/", "a//", "a/\uFFFD/", "a/\U00010000/", "b/c/d/", "b/c/d/e/"), Gen.Int[0, 9], Gen.OneOf("", ".csv", ".gz"), Gen.Int[0, 4], Gen.Int[0, 4])
        .Select((folder, name, ending, size, day) => new ListedObject
        {
            Key = $"{folder}{name}{ending}",
            Size = size,
            LastModified = DateTimeOffset.UnixEpoch.AddDays(day),
            StorageClass = day < 2 ? "GLACIER" : "STANDARD",
        })
        .Array[0, 40].Select(objects => objects.DistinctBy(entry => entry.Key).ToArray());

    private static readonly Gen<(ListedObject[] Objects, int[] Parts)> Divided = Gen.Select(Objects, Gen.Int[0, Parts - 1].Array[40]);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Parts_Added_Up_Are_The_Whole() => Divided.Sample((objects, parts) =>
        Assert.Equivalent(Summarize(objects, _ => false), Add(objects, parts, (_, _) => false), strict: true));

    /// <summary>Each part folds other nodes, for lack of room or by their share.</summary>
    [Fact]
    public void Node_Is_Own_Children_And_Rest_When_Parts_Have_Folded_Some() =>
        Gen.Select(Divided, Gen.Int).Sample((divided, seed) =>
        {
            var sum = Add(divided.Objects, divided.Parts, (part, name) => (StringComparer.Ordinal.GetHashCode(name) ^ seed ^ part) % 3 == 0);

            Assert.Equal(Sums(divided.Objects), Sums(sum.Tree!).Add(sum.Rest!).Add(sum.Ungrouped));
            AssertWhole(sum.Tree!);
        });

    [Fact]
    public async Task Parts_Of_The_Api_Are_Its_Whole()
    {
        using var client = LocalCaller.Create(sample.Api.Url);
        var query = SampleQuery with { Splits = 4 };

        var whole = await client.SummarizePartsAsync(query, Cancelled).SingleAsync(Cancelled);
        var parts = await client.SummarizePartsAsync(query with { MaxRequests = 3 }, Cancelled).ToListAsync(Cancelled);

        Assert.InRange(parts.Count, 4, int.MaxValue);
        Assert.Equivalent(
            whole with { S3Requests = 0, S3RequestsMinimum = 0, Splits = [] },
            parts[^1] with { S3Requests = 0, S3RequestsMinimum = 0, Splits = [] },
            strict: true);
        AssertWhole(whole.Tree!);
        Assert.Equal(3, whole.Splits.Count);
        Assert.Equal(parts[^1].Splits.Order(KeyOrder.Instance).Distinct(), parts[^1].Splits);
    }

    [Fact]
    public async Task Folded_Parts_Of_The_Api_Lose_Nothing()
    {
        using var client = LocalCaller.Create(sample.Api.Url);
        var query = SampleQuery with { MinShare = 20, MaxRequests = 3 };

        await foreach (var sum in client.SummarizePartsAsync(query, Cancelled))
        {
            Assert.Equal(new(sum.Objects, sum.Bytes), Sums(sum.Tree!).Add(sum.Rest!).Add(sum.Ungrouped));
            AssertWhole(sum.Tree!);
        }
    }

    [Fact]
    public async Task Cube_Ages_And_Endings_Are_Those_Of_The_Objects()
    {
        using var client = LocalCaller.Create(sample.Api.Url);

        var summary = await client.SummarizeAsync(SampleQuery with { Prefix = "team-a/" }, Cancelled);
        var objects = await client.ListObjectsAsync("team-a/", Cancelled).ToListAsync(Cancelled);

        var edge = SampleQuery.ModifiedEdges[0];
        Assert.Equal(SampleQuery.ModifiedEdges, summary.Edges!.Modified);
        Assert.Equal(
            objects.GroupBy(entry => (Age: entry.LastModified < edge ? 0 : 1, Size: summary.Edges.Size.Count(size => entry.Size >= size), entry.StorageClass))
                .Select(cell => new CubeCell(cell.Key.Age, cell.Key.Size, cell.Key.StorageClass, cell.Count(), cell.Sum(entry => entry.Size)))
                .OrderBy(cell => cell.Age).ThenBy(cell => cell.Size).ThenBy(cell => cell.StorageClass, StringComparer.Ordinal),
            summary.Cube!);
        Assert.Equal(objects.Count, summary.Endings!.Sum(row => row.Objects) + summary.OtherEndings!.Objects);
        Assert.Contains("pdf", summary.Endings!.Select(row => row.Ending));
        var reports = summary.Tree!.Single(node => node.CommonPrefix == "team-a/reports/");
        Assert.Equal(
            [Sums(objects.Where(entry => InReports(entry) && entry.LastModified < edge)), Sums(objects.Where(entry => InReports(entry) && entry.LastModified >= edge))],
            reports.Ages);
        Assert.Equal(objects.Where(InReports).Max(entry => entry.LastModified), reports.Newest);
    }

    private static SummaryQuery SampleQuery { get; } = new()
    {
        Delimiter = "/",
        Depth = 8,
        ModifiedEdges = [new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)],
        ByCube = true,
        ByEnding = true,
    };

    private static bool InReports(ListedObject entry) => entry.Key.StartsWith("team-a/reports/", StringComparison.Ordinal);

    private static void AssertWhole(IReadOnlyList<TreeNode> nodes)
    {
        foreach (var node in nodes)
        {
            var sums = new Sum(node.Objects, node.Bytes);
            Assert.Equal(sums, Sums(node.Children).Add(node.Own).Add(node.Rest));
            Assert.Equal(sums, node.Ages.Aggregate((left, right) => left.Add(right)));
            AssertWhole(node.Children);
        }
    }

    private static Summary Add(ListedObject[] objects, int[] parts, Func<int, string, bool> isFolded) => Enumerable.Range(0, Parts)
        .Select(part => Summarize([.. objects.Where((_, index) => parts[index] == part)], name => isFolded(part, name)))
        .Aggregate((first, second) => first.Add(second));

    /// <summary>A summary of three levels, by its definition.</summary>
    private static Summary Summarize(ListedObject[] objects, Func<string, bool> isFolded)
    {
        var (tree, rest) = Nodes(objects, "", 3, isFolded);
        return new()
        {
            Bucket = "b",
            Prefix = "",
            Delimiter = "/",
            Top = 0,
            Complete = true,
            NextContinuationToken = null,
            Objects = objects.Length,
            Bytes = objects.Sum(entry => entry.Size),
            StorageClasses = [],
            Groups = [],
            GroupsTruncated = false,
            OtherGroups = new(0, 0),
            Ungrouped = Sums(objects.Where(entry => !entry.Key.Contains('/', StringComparison.Ordinal))),
            Tree = tree,
            Rest = rest,
            Edges = new([Edge], []),
            Cube =
            [
                .. objects.GroupBy(entry => (Age: entry.LastModified < Edge ? 0 : 1, entry.StorageClass))
                    .Select(cell => new CubeCell(cell.Key.Age, 0, cell.Key.StorageClass, cell.Count(), cell.Sum(entry => entry.Size)))
                    .OrderBy(cell => cell.Age).ThenBy(cell => cell.StorageClass, StringComparer.Ordinal),
            ],
            Endings =
            [
                .. objects.GroupBy(entry => Path.GetExtension(entry.Key).TrimStart('.'))
                    .Select(row => new EndingSum(row.Key, row.Count(), row.Sum(entry => entry.Size)))
                    .OrderByDescending(row => row.Bytes).ThenByDescending(row => row.Objects).ThenBy(row => row.Ending, StringComparer.Ordinal),
            ],
            OtherEndings = new(0, 0),
            Largest = [],
            Newest = [],
            Oldest = [],
            TopTruncated = false,
            Scanned = objects.Length,
            S3Requests = 0,
            S3RequestsMinimum = 0,
        };
    }

    private static (List<TreeNode> Named, Sum Others) Nodes(ListedObject[] objects, string prefix, int levels, Func<string, bool> isFolded)
    {
        var folders = objects.Where(entry => entry.Key.IndexOf('/', prefix.Length) >= 0)
            .GroupBy(entry => entry.Key[..(entry.Key.IndexOf('/', prefix.Length) + 1)])
            .ToLookup(folder => levels == 0 || isFolded(folder.Key));
        var named = folders[false].Select(folder => Node([.. folder], folder.Key, levels - 1, isFolded))
            .OrderByDescending(node => node.Bytes).ThenByDescending(node => node.Objects).ThenBy(node => node.CommonPrefix, KeyOrder.Instance);
        return ([.. named], Sums(folders[true].SelectMany(folder => folder)));
    }

    private static TreeNode Node(ListedObject[] objects, string prefix, int levels, Func<string, bool> isFolded)
    {
        var (children, rest) = Nodes(objects, prefix, levels, isFolded);
        return new()
        {
            CommonPrefix = prefix,
            Objects = objects.Length,
            Bytes = objects.Sum(entry => entry.Size),
            Own = Sums(objects.Where(entry => entry.Key.IndexOf('/', prefix.Length) < 0)),
            Rest = rest,
            Newest = objects.Max(entry => entry.LastModified),
            Oldest = objects.Min(entry => entry.LastModified),
            Ages = [Sums(objects.Where(entry => entry.LastModified < Edge)), Sums(objects.Where(entry => entry.LastModified >= Edge))],
            Children = children,
        };
    }

    private static Sum Sums(IEnumerable<ListedObject> objects)
    {
        var list = objects.ToArray();
        return new(list.Length, list.Sum(entry => entry.Size));
    }

    private static Sum Sums(IEnumerable<TreeNode> nodes) =>
        nodes.Aggregate(new Sum(0, 0), (sum, node) => sum.Add(new(node.Objects, node.Bytes)));
}
