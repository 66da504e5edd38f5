using CsCheck;

namespace S3Lister.Tests.Model;

/// <summary>Any bucket, any listing, any store that does what S3 may do: the pages together are the model's listing.</summary>
public sealed class ListingModelTests
{
    [Fact]
    public void Pages_Together_Are_The_Models_Listing() =>
        Cases.Listings.Sample(ListingCaller.Check, iter: Cases.Count, print: listing => listing.ToString());

    [Fact]
    public void Pages_Together_Are_The_Models_Listing_When_Requests_Fail_And_Time_Is_Short() =>
        Gen.Select(
            Cases.Listings, Cases.Failures(Failure.Throttled, Failure.ServerError, Failure.Reset, Failure.Denied), Cases.Times)
        .Select((listing, failures, time) => listing with
        {
            Store = listing.Store with { Failures = failures },
            Limits = listing.Limits with { RemainingTime = time },
        })
        .Sample(ListingCaller.Check, iter: Cases.Count, print: listing => listing.ToString());
}
