using S3Lister.Client;

namespace S3Lister.Cli.Lifecycle;

/// <summary>What a lifecycle rule would move, and what that costs and saves.</summary>
/// <remarks>
/// The arithmetic is that of IEEE 754 doubles in a fixed order, cell by cell, so that a program in JavaScript has the same figures.
/// The cases in S3Lister.Cli.Tests/Lifecycle/cases.json are for both.
/// </remarks>
internal sealed class Transition
{
    private const double GiB = 1L << 30;

    /// <summary>What a minimum storage duration costs is a share of a month of 30 days.</summary>
    private const double DaysOfMonth = 30;

    /// <summary>Objects that the rule moves.</summary>
    public Sum Moved { get; private set; } = new(0, 0);

    /// <summary>Objects that are old enough but too small.</summary>
    public Sum Small { get; private set; } = new(0, 0);

    /// <summary>Objects that are not old enough.</summary>
    public Sum Young { get; private set; } = new(0, 0);

    /// <summary>Objects that are old enough, in a class that S3 does not move to the target; the target itself included.</summary>
    public Sum OtherClass { get; private set; } = new(0, 0);

    /// <summary>What the moved objects cost in a month now.</summary>
    public double MonthlyBefore { get; private set; }

    /// <summary>What they cost in a month afterward.</summary>
    public double MonthlyAfter { get; private set; }

    /// <summary>What the requests of the rule cost.</summary>
    public double Requests { get; private set; }

    /// <summary>What the minimum storage duration of the present class costs at most.</summary>
    public double EarlyDeletion { get; private set; }

    public double MonthlySaving => MonthlyBefore - MonthlyAfter;

    public double OneTime => Requests + EarlyDeletion;

    /// <summary>After how many months it has paid for itself, rounded up to tenths; null if it never does.</summary>
    public double? PaybackMonths => MonthlySaving > 0 ? Math.Ceiling(OneTime / MonthlySaving * 10) / 10 : null;

    /// <summary>The ages, in days and descending, at which the cost of a rule changes.</summary>
    /// <param name="olderThanDays">The age at which the rule moves objects, which is the last one.</param>
    public static int[] Ages(StoragePrices prices, int olderThanDays) =>
        [.. prices.Classes.Select(price => price.MinimumStorageDays).Where(days => days > olderThanDays).Append(olderThanDays).Distinct().OrderDescending()];

    /// <param name="prices">The prices.</param>
    /// <param name="target">The class to move objects to.</param>
    /// <param name="ages">What <see cref="Ages"/> returns.</param>
    /// <param name="cells">The cells whose age class n is older than age n. The class after the last age is too young.</param>
    /// <param name="sizeEdges">The edges of the size classes.</param>
    /// <param name="includesSmall">Whether the rule moves small objects too.</param>
    public static Transition Estimate(
        StoragePrices prices, StoragePrice target, int[] ages, IEnumerable<CubeCell> cells, IReadOnlyList<long> sizeEdges, bool includesSmall)
    {
        Transition transition = new();
        foreach (var cell in cells)
        {
            var isSmall = cell.Size < sizeEdges.Count && sizeEdges[cell.Size] <= prices.MinimumTransitionBytes;
            if (cell.Age == ages.Length)
            {
                transition.Young = Add(transition.Young, cell);
            }
            else if (prices.Find(cell.StorageClass) is not { } source || !source.To.Contains(target.Name))
            {
                transition.OtherClass = Add(transition.OtherClass, cell);
            }
            else if (isSmall && !includesSmall)
            {
                transition.Small = Add(transition.Small, cell);
            }
            else
            {
                transition.Move(prices, source, target, cell, isSmall, ages[cell.Age]);
            }
        }

        return transition;
    }

    /// <summary>Cents, rounded half up, as <c>Math.floor(x * 100 + 0.5) / 100</c>.</summary>
    public static double Round(double amount) => Math.Floor((amount * 100) + 0.5) / 100;

    /// <param name="days">The age that the objects have at least.</param>
    private void Move(StoragePrices prices, StoragePrice source, StoragePrice target, CubeCell cell, bool isSmall, int days)
    {
        var before = Monthly(prices, source, cell, isSmall);
        Moved = Add(Moved, cell);
        MonthlyBefore += before;
        MonthlyAfter += Monthly(prices, target, cell, isSmall);
        Requests += cell.Objects / 1000.0 * target.TransitionPer1000!.Value;
        EarlyDeletion += before * Math.Max(0, source.MinimumStorageDays - days) / DaysOfMonth;
    }

    private static Sum Add(Sum sum, CubeCell cell) => sum.Add(new(cell.Objects, cell.Bytes));

    private static double Monthly(StoragePrices prices, StoragePrice price, CubeCell cell, bool isSmall)
    {
        var billed = isSmall && price.MinimumBillableBytes > 0 ? (double)cell.Objects * price.MinimumBillableBytes : cell.Bytes;
        var perGiB = isSmall ? price.SmallPerGiBMonth ?? price.PerGiBMonth : price.PerGiBMonth;
        var storage = (billed + ((double)cell.Objects * price.OverheadBytes)) / GiB * perGiB;
        var index = (double)cell.Objects * price.StandardOverheadBytes / GiB * (prices.Find("STANDARD")?.PerGiBMonth ?? 0);
        var monitoring = isSmall ? 0 : cell.Objects / 1000.0 * price.MonitoringPer1000;
        return storage + index + monitoring;
    }
}
