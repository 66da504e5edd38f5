namespace S3Lister.Benchmarks.Report;

/// <summary>The distribution of repeated measurements.</summary>
/// <param name="Median">The median.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="Least">The minimum, which is closest to a measurement without interference.</param>
/// <param name="Count">The number of measurements.</param>
internal sealed record Distribution(double Median, double P95, double Least, int Count)
{
    public static Distribution Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new(At(0.5), At(0.95), At(0), sorted.Length);

        double At(double share) => Math.Round(sorted[(int)Math.Ceiling(share * (sorted.Length - 1))], 4);
    }
}

/// <summary>The machine of the measurements.</summary>
internal sealed record Machine(string Processor, int Processors, string System, string Runtime, string LambdaPackages);
