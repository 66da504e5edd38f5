namespace S3Lister.Tests.Model;

/// <summary>The smallest case of each bug that the properties have found, with the right value.</summary>
public sealed class SmallestCaseTests
{
    private static readonly ModelObject[] TwoObjects = [new("a", 1), new("ab", 2)];

    private static readonly SummaryCase Summary =
        new(TwoObjects, "", "", 10, new("", (_, _) => true), 0, [0], Limits.Usual, StoreBehavior.Plain);

    private static readonly ListingCase Listing =
        new(TwoObjects, "", "", "", "", new("", (_, _) => true), 1000, Limits.Usual, StoreBehavior.Plain, Follow.Token);

    private static readonly StoreBehavior OneKeyAPage = StoreBehavior.Plain with { PageSizes = [1] };

    /// <summary>The part of that key after the prefix is empty, which must not be confused with the end of the range.</summary>
    [Fact]
    public void Summary_Is_Complete_When_The_First_Page_Ends_With_The_Key_That_Is_The_Prefix() =>
        SummaryCaller.Check(Summary with { Prefix = "a", Store = OneKeyAPage });

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(3, 3)]
    public void Summary_Makes_Progress_Or_Fails_When_Its_Budget_Ends_In_Empty_Pages(int emptyPages, int budget) =>
        SummaryCaller.Check(Summary with
        {
            Store = OneKeyAPage with { EmptyPages = [emptyPages] },
            Limits = Limits.Usual with { RequestBudget = budget },
        });

    [Fact]
    public void Summary_Makes_Progress_Or_Fails_When_Its_Time_Ends_In_Empty_Pages() =>
        SummaryCaller.Check(Summary with
        {
            Store = OneKeyAPage with { EmptyPages = [3], Latencies = [10] },
            Limits = Limits.Usual with { RemainingTime = TimeSpan.FromMilliseconds(1025) },
        });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Page_Is_Returned_When_A_Later_Request_Fails(int good)
    {
        foreach (var failure in (Failure[])[Failure.Throttled, Failure.ServerError, Failure.Reset, Failure.Denied])
        {
            ListingCaller.Check(Listing with
            {
                Store = OneKeyAPage with { Failures = [.. Enumerable.Repeat(Failure.None, good), failure] },
            });
        }
    }

    [Fact]
    public void Listing_Fails_With_The_Cause_When_Every_Request_Fails()
    {
        foreach (var failure in (Failure[])[Failure.Throttled, Failure.ServerError, Failure.Reset, Failure.Denied])
        {
            ListingCaller.Check(Listing with { Store = StoreBehavior.Plain with { Failures = [failure] } });
        }
    }

    [Fact]
    public void Summary_Fails_With_The_Cause_When_Every_Request_Fails()
    {
        foreach (var failure in (Failure[])[Failure.Throttled, Failure.ServerError, Failure.Reset])
        {
            SummaryCaller.Check(Summary with { Store = StoreBehavior.Plain with { Failures = [failure] } });
        }
    }

    [Fact]
    public void Listing_And_Summary_Are_Complete_When_Nothing_Is_Echoed()
    {
        var store = OneKeyAPage with { Echoes = false };

        ListingCaller.Check(Listing with { Prefix = "a", Delimiter = "/", StartAfter = "a", Store = store });
        SummaryCaller.Check(Summary with { Prefix = "a", Delimiter = "/", Store = store });
    }
}
