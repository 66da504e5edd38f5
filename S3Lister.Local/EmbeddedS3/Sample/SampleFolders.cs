using static S3Lister.Local.EmbeddedS3.Sample.LifecycleRule;

namespace S3Lister.Local.EmbeddedS3.Sample;

/// <summary>What is in the sample bucket. Some folders have no lifecycle rule although they would save the most with one.</summary>
internal static class SampleFolders
{
    private const long KiB = 1024;
    private const long MiB = 1024 * KiB;
    private const long GiB = 1024 * MiB;

    public static IReadOnlyList<SampleFolder> All { get; } =
    [
        new("{2}", Day(2026, 7, 1)) { Names = OddKeys.All, Limit = 1, Size = new(40 * KiB, 2) },
        new("{2}/", Day(2025, 1, 2)) { Names = ["photos", "team-a", "team-b"], Limit = 1 },

        new("backups/database/orders/{0:yyyy-MM-dd}.dump.zst", Day(2023, 11, 1)) { Next = Monthly, Size = new(16 * GiB, 0.4), Rule = Archive },
        new("backups/database/customers/{0:yyyy-MM-dd}.dump.zst", Day(2023, 11, 1)) { Next = Monthly, Size = new(4 * GiB, 0.4), Rule = Archive },
        new("backups/servers/{2}/{0:yyyy-MM-dd}.tar.gz", Day(2025, 11, 2))
        {
            Names = ["build", "mail", "wiki"], Next = Weekly, Size = new(600 * MiB, 1), Rule = Archive,
        },
        new("backups/migration/{0:yyyy-MM-dd}/full-snapshot.tar", Day(2023, 3, 14)) { Limit = 1, Size = new(412 * GiB, 0), Rule = Archive },

        // Nothing here expires or moves: the last export would be enough.
        new("exports/customers/{0:yyyy-MM-dd}/part-{1:00000}.csv.gz", Day(2024, 1, 1)) { Next = Weekly, PerTime = 4, Size = new(80 * MiB, 2) },
        new("exports/customers/{0:yyyy-MM-dd}/_SUCCESS", Day(2024, 1, 1)) { Next = Weekly },
        new("exports/catalog/{0:yyyy}/{0:yyyy-MM-dd}.json", Day(2025, 5, 1)) { Size = new(6 * MiB, 1) },
        new("exports/finance/{0:yyyy-MM}.csv", Day(2023, 1, 1)) { Next = Monthly, Size = new(2 * MiB, 1) },
        new("exports/tmp/customers-{0:yyyy-MM-dd}-full.csv", Day(2024, 2, 9)) { Limit = 1, Size = new(96 * GiB, 0) },

        new("images/products/{0:yyyy}/{1:000000}.jpg", Day(2023, 7, 1)) { Size = new(900 * KiB, 1), Rule = Tiered },
        new("images/thumbnails/{0:yyyy}/{1:000000}.webp", Day(2023, 7, 1)) { Size = new(14 * KiB, 0.8) },
        new("images/originals/{0:yyyy}/{1:000000}.tif", Day(2025, 1, 1)) { Size = new(60 * MiB, 1), Rule = Tiered },
        new("images/banners/{0:yyyy}/banner-{1:000}.png", Day(2024, 1, 1)) { Next = Weekly, Size = new(2 * MiB, 1) },

        new("logs/api/{0:yyyy/MM/dd/HH}.log.gz", Day(2026, 9, 1)) { Next = Hourly, Size = new(5 * MiB, 1), Rule = Archive },
        new("logs/web/{0:yyyy/MM/dd}/access.log.gz", Day(2024, 5, 1)) { Size = new(60 * MiB, 1), Rule = Archive },
        new("logs/audit/{0:yyyy/MM/dd}/events-{1:000000}.json.gz", Day(2025, 11, 1)) { PerTime = 4, Size = new(24 * KiB, 1.5), Rule = Archive },
        new("logs/batch/{0:yyyy/MM/dd}/{2}.log", Day(2026, 1, 1)) { Names = ["import", "invoice"], Size = new(300 * KiB, 2), Rule = Archive },
        new("logs/batch/{0:yyyy/MM/dd}/stderr.log", Day(2026, 1, 1)),

        new("models/{2}/{0:yyyy-MM-dd}/model.safetensors", Day(2025, 3, 1))
        {
            Names = ["fraud", "ranking", "search"], Next = Monthly, Size = new(4 * GiB, 1),
        },
        new("models/{2}/{0:yyyy-MM-dd}/metrics.json", Day(2025, 3, 1))
        {
            Names = ["fraud", "ranking", "search"], Next = Monthly, Size = new(3 * KiB, 0.5),
        },
        new("models/ranking/checkpoints/{0:yyyy-MM-dd}/step-{1:000000}.ckpt", Day(2026, 6, 6)) { PerTime = 12, Limit = 12, Size = new(11 * GiB, 0) },

        new("photos/{0:yyyy}/{2}/", Day(2025, 6, 1)) { Names = Places, Limit = 1 },
        new("photos/{0:yyyy}/{2}/IMG_{1:0000}.JPG", Day(2025, 6, 1)) { Names = Places, Limit = 150, Size = new(12 * MiB, 0.5), Rule = Archive },

        new("{2}/reports/{0:yyyy-MM}/report-{1:000}.pdf", Day(2026, 1, 1))
        {
            Names = Teams, Next = Monthly, PerTime = 25, Size = new(700 * KiB, 2), Rule = Archive,
        },
        new("{2}/invoices/{0:yyyy-MM}.csv", Day(2026, 1, 1)) { Names = Teams, Next = Monthly, Size = new(1 * MiB, 1), Rule = Archive },

        new("warehouse/events/year={0:yyyy}/month={0:MM}/day={0:dd}/part-{1:00000}.snappy.parquet", Day(2025, 1, 1))
        {
            PerTime = 4, Size = new(90 * MiB, 1.2), Rule = Infrequent,
        },
        new("warehouse/events/_delta_log/{1:00000000000000000000}.json", Day(2025, 1, 1)) { Size = new(9 * KiB, 1) },
        new("warehouse/orders/year={0:yyyy}/month={0:MM}/part-{1:00000}.snappy.parquet", Day(2025, 1, 1))
        {
            Next = Monthly, PerTime = 8, Size = new(200 * MiB, 1), Rule = Infrequent,
        },
    ];

    private static string[] Places => ["Lisbon", "Kyoto", "Montréal", "São Paulo"];

    private static string[] Teams => ["team-a", "team-b"];

    private static DateTime Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);

    private static DateTime Hourly(DateTime time) => time.AddHours(1);

    private static DateTime Weekly(DateTime time) => time.AddDays(7);

    private static DateTime Monthly(DateTime time) => time.AddMonths(1);
}
