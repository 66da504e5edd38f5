using CsCheck;

namespace S3Lister.Tests.Model;

/// <summary>For any bucket and any store within S3's contract, the parts of a summary add up to the sums of the model.</summary>
public sealed class SummaryModelTests
{
    [Fact]
    public void Summary_Has_The_Sums_Of_The_Model() =>
        Cases.Summaries.Sample(SummaryCaller.Check, iter: Cases.Count, print: summary => summary.ToString());

    [Fact]
    public void Parts_Add_Up_To_The_Sums_Of_The_Model_When_The_Request_Budget_Ends_Them() =>
        Gen.Select(Cases.Summaries, Gen.Int[1, 12])
        .Select((summary, budget) => summary with { Limits = summary.Limits with { RequestBudget = budget } })
        .Sample(SummaryCaller.Check, iter: Cases.Count, print: summary => summary.ToString());

    [Fact]
    public void Parts_Add_Up_To_The_Sums_Of_The_Model_When_Requests_Fail_And_Time_Is_Short() =>
        Gen.Select(Cases.Summaries, Cases.Failures(Failure.Throttled, Failure.ServerError, Failure.Reset), Cases.Times)
        .Select((summary, failures, time) => summary with
        {
            Store = summary.Store with { Failures = failures },
            Limits = summary.Limits with { RemainingTime = time },
        })
        .Sample(SummaryCaller.Check, iter: Cases.Count, print: summary => summary.ToString());
}
