namespace S3Lister.Benchmarks;

/// <summary>What the one who measures has to put right. The message is for people.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
