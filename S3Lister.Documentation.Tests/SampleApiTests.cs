namespace S3Lister.Documentation.Tests;

/// <summary>The tests that share one local API, and therefore run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SampleApiTests : ICollectionFixture<SampleApi>
{
    public const string Name = "documentation";
}
