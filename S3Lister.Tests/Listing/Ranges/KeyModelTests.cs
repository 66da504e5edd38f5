using S3Lister.Listing.Ranges;

namespace S3Lister.Tests.Listing.Ranges;

public sealed class KeyModelTests
{
    /// <summary>Keys with half a million distinct places, because each slash starts a new part.</summary>
    [Fact]
    public void Memory_Is_Limited_For_Any_Keys()
    {
        KeyModel model = new();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var slashes = 0; slashes < 1024; slashes++)
        {
            model.Learn(System.Text.Encoding.UTF8.GetBytes(new string('/', slashes) + new string('a', 1024 - slashes)));
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }
}
