using System.CommandLine;
using S3Lister.Client;

namespace S3Lister.Cli;

/// <summary>The argument PREFIX: text that keys begin with, byte for byte, or <c>s3://BUCKET/PREFIX</c>.</summary>
/// <param name="Bucket">The bucket that was named; null if none was.</param>
/// <param name="Prefix">The prefix, which can be empty.</param>
internal sealed record BucketPrefix(string? Bucket, string Prefix)
{
    private const string Scheme = "s3://";

    public static Argument<string> Argument() => new("PREFIX")
    {
        Description = "Only keys that begin with this text, byte for byte; or s3://BUCKET/PREFIX. Default: the whole bucket.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => "",
    };

    public static BucketPrefix Parse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return new(null, text);
        }

        var rest = text[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new(rest, "") : new(rest[..slash], rest[(slash + 1)..]);
    }

    /// <returns>The prefix to list.</returns>
    /// <exception cref="CommandException">The API lists another bucket than the one that was named.</exception>
    public async Task<string> ForAsync(S3ListerClient client, CancellationToken cancellationToken)
    {
        if (Bucket is not null && (await client.GetAccessAsync(cancellationToken)).Bucket is var listed && listed != Bucket)
        {
            throw new CommandException(ExitCode.Usage, $"The API lists the bucket {listed}, not {Bucket}.");
        }

        return Prefix;
    }
}
