namespace S3Lister.Functions.Configuration;

/// <summary>Environment variables are wrong. The message names each and says what would be right.</summary>
internal sealed class InvalidConfigurationException(params IReadOnlyList<string> failures) : Exception(string.Join("; ", failures));
