namespace S3Lister.Client.Tests;

public sealed class AssemblyTests
{
    [Fact]
    public void Client_References_No_Other_Part_Of_S3Lister() => Assert.DoesNotContain(
        typeof(S3ListerClient).Assembly.GetReferencedAssemblies(),
        reference => reference.Name is "bootstrap" || reference.Name!.StartsWith("S3Lister.", StringComparison.Ordinal));
}
