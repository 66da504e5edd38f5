using S3Lister.Listing.S3;

namespace S3Lister.Tests.Listing.S3;

public sealed class S3CostTests
{
    [Fact]
    public void Requests_And_Their_Time_Add_Up()
    {
        S3Cost cost = new();

        cost.Add(TimeSpan.FromMilliseconds(30));
        cost.Add(TimeSpan.FromMilliseconds(12));

        Assert.Equal(2, cost.Requests);
        Assert.Equal(TimeSpan.FromMilliseconds(42), cost.Time);
    }
}
