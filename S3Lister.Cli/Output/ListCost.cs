using System.Globalization;

namespace S3Lister.Cli.Output;

/// <summary>What LIST requests cost.</summary>
internal static class ListCost
{
    /// <summary>Dollars for a LIST request of S3 Standard in us-east-1, without tax: $0.005 per 1,000, as of November 2026.</summary>
    private const decimal DollarsPerRequest = 0.000005m;

    public static string Describe(long requests) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Quantity.Of(requests, "LIST request")}, about ${requests * DollarsPerRequest:0.######}");
}
