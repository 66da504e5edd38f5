namespace S3Lister.Local.Gateway;

/// <summary>
/// Chooses the most specific route: a full match before a greedy one before <c>$default</c>, a literal segment before a
/// variable, a method before ANY.
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
/// </summary>
internal sealed class RouteTable(IEnumerable<Route> routes)
{
    private readonly (Route Route, string[] Segments)[] _routes =
    [
        .. routes
            .Select(route => (Route: route, Segments: Split(route.Path)))
            .OrderBy(entry => entry.Route.IsDefault)
            .ThenBy(entry => entry.Segments.Any(IsGreedy))
            .ThenByDescending(entry => entry.Segments.Length)
            .ThenBy(entry => entry.Segments.Count(IsVariable))
            .ThenBy(entry => entry.Route.Method == Route.AnyMethod),
    ];

    /// <summary>The path is the decoded one: API Gateway decodes before it routes.</summary>
    public RouteMatch? Find(string method, string path)
    {
        var segments = Split(path);
        foreach (var (route, pattern) in _routes)
        {
            if (route.IsDefault)
            {
                return new RouteMatch(route, new Dictionary<string, string>());
            }

            if ((route.Method == method || route.Method == Route.AnyMethod)
                && Match(pattern, segments) is { } parameters)
            {
                return new RouteMatch(route, parameters);
            }
        }

        return null;
    }

    private static Dictionary<string, string>? Match(string[] pattern, string[] segments)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (i >= segments.Length)
            {
                return null;
            }

            if (IsGreedy(pattern[i]))
            {
                var rest = string.Join('/', segments[i..]);
                parameters[pattern[i][1..^2]] = rest;
                return rest.Length > 0 ? parameters : null;
            }

            if (IsVariable(pattern[i]) && segments[i].Length > 0)
            {
                parameters[pattern[i][1..^1]] = segments[i];
            }
            else if (pattern[i] != segments[i])
            {
                return null;
            }
        }

        return pattern.Length == segments.Length ? parameters : null;
    }

    private static string[] Split(string path) => path.TrimStart('/').Split('/');

    private static bool IsVariable(string segment) => segment.StartsWith('{') && segment.EndsWith('}');

    private static bool IsGreedy(string segment) => IsVariable(segment) && segment.EndsWith("+}", StringComparison.Ordinal);
}
