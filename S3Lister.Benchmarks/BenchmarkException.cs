namespace S3Lister.Benchmarks;

/// <summary>An error that the user has to correct. The message is for people.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
