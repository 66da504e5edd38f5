using System.Text;

namespace S3Lister.Page;

/// <summary>What is passed on to the API, and back.</summary>
internal static class PageQuery
{
    private static readonly string[] Headers =
        ["Content-Type", "Content-Encoding", "Content-Length", "Retry-After", "apigw-requestid", "x-amzn-requestid"];

    /// <summary>Whether a header of the API's response is passed to the page.</summary>
    public static bool Passes(string header) =>
        Headers.Contains(header, StringComparer.OrdinalIgnoreCase) || header.StartsWith("s3lister-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the query again, sorted and percent-encoded as Signature Version 4 wants it.</summary>
    /// <param name="query">The query of the page.</param>
    /// <param name="text">A question mark and the query; empty if there is none.</param>
    /// <returns>False if a name isn't like those of the API: lower-case letters and hyphens, each once. So no signature is added.</returns>
    public static bool TryRead(IQueryCollection query, out string text)
    {
        StringBuilder written = new();
        foreach (var (name, values) in query.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            if (values.Count != 1 || name.StartsWith("x-amz-", StringComparison.Ordinal) || !name.All(c => c is '-' or (>= 'a' and <= 'z')))
            {
                text = "";
                return false;
            }

            written.Append(written.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(values[0] ?? ""));
        }

        text = written.ToString();
        return true;
    }
}
