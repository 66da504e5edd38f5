namespace S3Lister.Local.Gateway;

/// <summary>The route of a request and what its path variables stand for.</summary>
internal sealed record RouteMatch(Route Route, IReadOnlyDictionary<string, string> PathParameters);
