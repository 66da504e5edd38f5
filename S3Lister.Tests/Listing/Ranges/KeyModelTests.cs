using S3Lister.Listing.Ranges;

namespace S3Lister.Tests.Listing.Ranges;

public sealed class KeyModelTests
{
    /// <summary>Keys that have half a million places between them: each slash begins a part of its own.</summary>
    [Fact]
    public void Memory_Has_A_Bound_Whatever_The_Keys_Look_Like()
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
