namespace S3Lister.Benchmarks.Report;

/// <summary>Many measurements of one thing.</summary>
/// <param name="Median">The middle one.</param>
/// <param name="P95">95 of 100 are not above it.</param>
/// <param name="Least">The least one: what the thing takes when nothing else is in its way.</param>
/// <param name="Count">How many there are.</param>
internal sealed record Distribution(double Median, double P95, double Least, int Count)
{
    public static Distribution Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new(At(0.5), At(0.95), At(0), sorted.Length);

        double At(double share) => Math.Round(sorted[(int)Math.Ceiling(share * (sorted.Length - 1))], 4);
    }
}

/// <summary>Where it was measured.</summary>
internal sealed record Machine(string Processor, int Processors, string System, string Runtime, string LambdaPackages);
