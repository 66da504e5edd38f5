using CsCheck;

namespace S3Lister.Tests.Model;

/// <summary>Any bucket, any store that does what S3 may do: the parts of a summary together are the model's sums.</summary>
public sealed class SummaryModelTests
{
    [Fact]
    public void Summary_Is_The_Models_Sums() =>
        Cases.Summaries.Sample(SummaryCaller.Check, iter: Cases.Count, print: summary => summary.ToString());

    [Fact]
    public void Parts_Together_Are_The_Models_Sums_When_The_Request_Budget_Ends_Them() =>
        Gen.Select(Cases.Summaries, Gen.Int[1, 12])
        .Select((summary, budget) => summary with { Limits = summary.Limits with { RequestBudget = budget } })
        .Sample(SummaryCaller.Check, iter: Cases.Count, print: summary => summary.ToString());

    [Fact]
    public void Parts_Together_Are_The_Models_Sums_When_Requests_Fail_And_Time_Is_Short() =>
        Gen.Select(Cases.Summaries, Cases.Failures(Failure.Throttled, Failure.ServerError, Failure.Reset), Cases.Times)
        .Select((summary, failures, time) => summary with
        {
            Store = summary.Store with { Failures = failures },
            Limits = summary.Limits with { RemainingTime = time },
        })
        .Sample(SummaryCaller.Check, iter: Cases.Count, print: summary => summary.ToString());
}
