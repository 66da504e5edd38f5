using System.Text.Json;

namespace S3Lister.Cli.Lifecycle;

/// <summary>What storage classes cost in dollars in a region on a date, and what S3's lifecycle does between them.</summary>
/// <param name="Region">The region.</param>
/// <param name="Date">The date of the prices.</param>
/// <param name="Source">Where they are published.</param>
/// <param name="MinimumTransitionBytes">The size of the smallest object that a rule moves by default.</param>
/// <param name="Classes">The classes, in the order in which a rule can move objects.</param>
internal sealed record StoragePrices(
    string Region, DateOnly Date, string Source, long MinimumTransitionBytes, IReadOnlyList<StoragePrice> Classes)
{
    private const string Resource = "StoragePrices.json";

    /// <summary>The prices that the command has.</summary>
    public static StoragePrices Default { get; } = Load();

    /// <exception cref="CommandException">The file cannot be read, or is not a price file.</exception>
    public static StoragePrices Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), StoragePricesJson.Default.StoragePrices) ?? throw new JsonException();
        }
        catch (JsonException exception)
        {
            throw new CommandException(
                ExitCode.Usage, $"{path} is not a price file. docs/client.md describes the format. {exception.Message}", exception);
        }
    }

    /// <returns>Null if there is no such class.</returns>
    public StoragePrice? Find(string name) => Classes.FirstOrDefault(price => price.Name == name);

    private static StoragePrices Load()
    {
        using var json = typeof(StoragePrices).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize(json, StoragePricesJson.Default.StoragePrices)!;
    }
}

/// <summary>What a storage class costs. What is not set costs nothing, or does not apply.</summary>
/// <param name="Name">The class as S3 names it.</param>
/// <param name="PerGiBMonth">Price of 2^30 bytes for a month.</param>
/// <param name="To">The classes that a rule can move its objects to.</param>
internal sealed record StoragePrice(string Name, double PerGiBMonth, IReadOnlyList<string> To)
{
    /// <summary>Price of moving 1,000 objects to the class; null if no rule can.</summary>
    public double? TransitionPer1000 { get; init; }

    /// <summary>Price of monitoring 1,000 objects for a month, except small ones.</summary>
    public double MonitoringPer1000 { get; init; }

    /// <summary>The price of objects that are too small to be monitored; null if it is the same.</summary>
    public double? SmallPerGiBMonth { get; init; }

    /// <summary>The age in days that an object must have before a rule can move it to the class.</summary>
    public int MinimumAgeDays { get; init; }

    /// <summary>For how many days the storage of an object is billed at least.</summary>
    public int MinimumStorageDays { get; init; }

    /// <summary>The size for which an object is billed at least.</summary>
    public long MinimumBillableBytes { get; init; }

    /// <summary>What is billed for each object in addition to its bytes, at the price of the class.</summary>
    public long OverheadBytes { get; init; }

    /// <summary>What is billed for each object in addition to its bytes, at the price of STANDARD.</summary>
    public long StandardOverheadBytes { get; init; }
}
