namespace S3Lister.Functions.Configuration;

/// <summary>Environment variables are invalid. The message names each one and the rule that it violates.</summary>
internal sealed class InvalidConfigurationException(params IReadOnlyList<string> failures) : Exception(string.Join("; ", failures));
