namespace S3Lister.Local.Gateway;

/// <summary>A route of the API.</summary>
/// <param name="Method">In upper case, or ANY.</param>
/// <param name="Path">Such as <c>/objects/{key}</c> or <c>/{proxy+}</c>, or <c>$default</c>.</param>
/// <param name="Function">The logical ID of its function.</param>
/// <param name="RequiresIam">Whether a request must be signed.</param>
internal sealed record Route(string Method, string Path, string Function, bool RequiresIam)
{
    public const string AnyMethod = "ANY";
    public const string DefaultPath = "$default";

    /// <summary>As in the event: <c>GET /objects</c>, <c>ANY /{proxy+}</c> or <c>$default</c>.</summary>
    public string Key => IsDefault ? DefaultPath : $"{Method} {Path}";

    public bool IsDefault => Path == DefaultPath;
}
