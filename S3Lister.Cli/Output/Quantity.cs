using System.Globalization;

namespace S3Lister.Cli.Output;

/// <summary>Numbers in sentences.</summary>
internal static class Quantity
{
    /// <returns>For example <c>1 object</c> or <c>5,000 objects</c>.</returns>
    public static string Of(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {noun}{(count == 1 ? "" : "s")}");
}
