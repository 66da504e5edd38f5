namespace S3Lister.Local.Gateway;

/// <summary>The route of a request and the values of its path variables.</summary>
internal sealed record RouteMatch(Route Route, IReadOnlyDictionary<string, string> PathParameters);
