using Amazon.Runtime;
using S3Lister.Client;

namespace S3Lister.Documentation.Tests;

internal static class ListedKeys
{
    /// <param name="credentials">Null for those that the AWS SDK finds.</param>
    public static async Task WriteAsync(Uri api, TextWriter output, AWSCredentials? credentials = null)
    {
        using S3ListerClient client = new(api, credentials);
        await foreach (var entry in client.ListObjectsAsync("team-a/"))
        {
            await output.WriteLineAsync(entry.Key);
        }
    }
}
