namespace S3Lister.Tests.Fuzz;

/// <summary>
/// The body of every problem that a request can cause. Any other body contains a part of the request
/// that caused it.
/// </summary>
internal static class KnownProblems
{
    private static readonly Lazy<HashSet<string>> Bodies = new(Collect);

    public static bool Contain(string body) => Bodies.Value.Contains(body);

    private static HashSet<string> Collect()
    {
        FuzzedApi api = new();
        HashSet<string> bodies = [];
        foreach (var query in Queries())
        {
            bodies.Add(Problem(400, api.ListObjects(FuzzedApi.Request(query))));
        }

        bodies.Add(Problem(400, api.Health(FuzzedApi.Request("a=b"))));
        bodies.Add(Problem(403, api.ListObjects(FuzzedApi.Request("", FuzzedApi.TeamA))));
        bodies.Add(Problem(406, api.ListObjects(FuzzedApi.Request("", FuzzedApi.All, ("accept", "text/html")))));
        bodies.Add(Problem(406, api.ListObjects(FuzzedApi.Request("", FuzzedApi.All, ("accept-encoding", "identity;q=0")))));
        return bodies;
    }

    private static IEnumerable<string> Queries()
    {
        yield return "a=b";
        yield return "start-after=a&continuation-token=b";
        yield return "continuation-token=a";
        yield return "delimiter=a&end-before=ab";
        yield return "max-keys=a";
        yield return "min-size=2&max-size=1";
        yield return "modified-after=2026-01-01T00:00:00Z&modified-before=2026-01-01T00:00:00Z";
        yield return "storage-class=a";
        foreach (var name in NastyText.Parameters)
        {
            yield return $"{name}=%";
            yield return $"{name}&{name}";
        }

        foreach (var name in (string[])["prefix", "delimiter", "start-after", "end-before"])
        {
            yield return $"{name}={new string('a', 1025)}";
        }

        foreach (var name in (string[])["min-size", "max-size", "modified-after", "modified-before"])
        {
            yield return $"{name}=a";
        }

        foreach (var pattern in (string[])
            ["", new('a', 257), "[", "[b-a]", "[/]", "[[:", "{", "{a}", "{{{{{{{{{a", "\\", "\\a", "***", "!a", "@("])
        {
            yield return $"include={pattern}";
            yield return $"exclude={pattern}";
        }
    }

    private static string Problem(int status, Envelope response)
    {
        Assert.Equal(status, response.Status);
        return response.Body;
    }
}
