using CsCheck;

namespace S3Lister.Tests.Model;

/// <summary>For any bucket, listing and store within S3's contract, the pages together are the listing of the model.</summary>
public sealed class ListingModelTests
{
    [Fact]
    public void Pages_Together_Are_The_Listing_Of_The_Model() =>
        Cases.Listings.Sample(ListingCaller.Check, iter: Cases.Count, print: listing => listing.ToString());

    [Fact]
    public void Pages_Together_Are_The_Listing_Of_The_Model_When_Requests_Fail_And_Time_Is_Short() =>
        Gen.Select(
            Cases.Listings, Cases.Failures(Failure.Throttled, Failure.ServerError, Failure.Reset, Failure.Denied), Cases.Times)
        .Select((listing, failures, time) => listing with
        {
            Store = listing.Store with { Failures = failures },
            Limits = listing.Limits with { RemainingTime = time },
        })
        .Sample(ListingCaller.Check, iter: Cases.Count, print: listing => listing.ToString());
}
