using S3Lister.Local.SigV4;

namespace S3Lister.Local;

/// <summary>What the local stack prints when it is ready.</summary>
internal static class Banner
{
    public static string Text(LocalStack stack)
    {
        var width = stack.Routes.Max(route => route.Key.Length);
        var lines = new List<string>
        {
            $"Look at the bucket in a browser: {stack.PageUrl}",
            "",
            "S3Lister runs on this machine. Ctrl+C ends it.",
            "",
            $"  API      {Url(stack)}{Note(stack)}",
            $"  Bucket   {stack.Store.Bucket}, {stack.Store.Description}",
        };
        if (stack.Store.S3 is { } s3)
        {
            lines.Add($"  S3       {s3.Endpoint.GetLeftPart(UriPartial.Authority)}, read only, with the first keys below (aws --endpoint-url …)");
        }

        lines.Add("");
        lines.AddRange(stack.Routes
            .OrderBy(route => route.Key, StringComparer.Ordinal)
            .Select((route, index) => $"  {(index == 0 ? "Routes" : "      ")}   {route.Key.PadRight(width)}   {route.Function}"));
        lines.AddRange(["", "Callers (fixed keys, which are valid here only):", ""]);
        lines.AddRange(stack.Identities.SelectMany(Describe));
        lines.AddRange(["Try:", "", $"  {Curl(stack)}", "", $"  {Client(stack)}", ""]);
        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>A signed call. curl signs the query as it is written, so it is sorted and percent-encoded.</summary>
    public static string Curl(LocalStack stack)
    {
        var path = stack.Routes.FirstOrDefault(route => route.Key == "GET /objects")?.Path ?? stack.Routes[0].Path;
        var query = path == "/objects" ? "?delimiter=%2F&max-keys=10" : "";
        var user = LocalIdentities.User;
        return $"curl --aws-sigv4 \"aws:amz:{stack.Options.Region}:execute-api\" "
            + $"--user {user.AccessKeyId}:{user.SecretAccessKey} '{Url(stack)}{path}{query}'";
    }

    /// <summary>The command-line client, in the repository's folder. No other credentials of the environment are used.</summary>
    public static string Client(LocalStack stack)
    {
        var user = LocalIdentities.User;
        return $"AWS_ACCESS_KEY_ID={user.AccessKeyId} AWS_SECRET_ACCESS_KEY={user.SecretAccessKey} AWS_SESSION_TOKEN= AWS_PROFILE= "
            + $"dotnet run --project S3Lister.Cli -- --api {Url(stack)} --region {stack.Options.Region} ls";
    }

    private static IEnumerable<string> Describe(Identity identity)
    {
        yield return $"  {identity.UserArn}";
        yield return $"    access key  {identity.AccessKeyId}";
        yield return $"    secret      {identity.SecretAccessKey}";
        if (identity.SessionToken is { } token)
        {
            yield return $"    token       {token}";
        }

        yield return "";
    }

    private static string Note(LocalStack stack) =>
        stack.Options.Port is null && stack.Url.Port != LocalOptions.DefaultPort
            ? $", because port {LocalOptions.DefaultPort} is taken"
            : "";

    private static string Url(LocalStack stack) => stack.Url.GetLeftPart(UriPartial.Authority);
}
