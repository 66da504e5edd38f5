using System.Globalization;

namespace S3Lister.Inventory.Runs;

/// <summary>The keys of a run's objects.</summary>
internal sealed class RunLayout(string run)
{
    public string Root => $"runs/{run}/";

    public string ProgressKey => $"{Root}progress.json";

    public string SummaryKey => $"{Root}summary.json";

    public string ManifestKey => $"{Root}manifest.json";

    public string ChecksumKey => $"{Root}manifest.checksum";

    /// <summary>The list of a round's items.</summary>
    public string Items(int round) => string.Create(CultureInfo.InvariantCulture, $"{Root}items-{round:000}.json");

    /// <summary>The state at the start of a round.</summary>
    public string Round(int round) => string.Create(CultureInfo.InvariantCulture, $"{Root}rounds/{round:000}.json");

    public string Commit(int round, int item) => string.Create(CultureInfo.InvariantCulture, $"{Root}commits/{round:000}-{item:00000}.json");

    public string Data(int round, int item, string attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{Root}data/{round:000}-{item:00000}-{attempt}.parquet");

    /// <summary>The list of files for Hive, in the partition of the run's start.</summary>
    public string Symlink(DateTimeOffset started) =>
        string.Create(CultureInfo.InvariantCulture, $"{Root}hive/dt={started.UtcDateTime:yyyy-MM-dd-HH-mm}/symlink.txt");
}
