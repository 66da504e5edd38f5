namespace S3Lister.Tests.Stores;

/// <summary>Stores whose responses are not a listing, or contradict the request or themselves.</summary>
internal static class RefusedStores
{
    private static readonly (int Status, string Code) SlowDown = (503, "SlowDown");

    public static IReadOnlyList<StoreProfile> All { get; } =
    [
        new("gofakes3", "no `IsTruncated` on the last page", "johannesboyne/gofakes3#40")
        {
            Refused = Requests.All & ~Requests.Health,
            Writes = (_, response) => response.Fields["IsTruncated"] = response.Fields["IsTruncated"] == "false" ? null : "true",
        },
        new("huawei-obs", "truncated, without `NextContinuationToken`", "minio/minio-go#1704")
        {
            Refused = Requests.Pages | Requests.Summary | Requests.Health,
            Writes = (_, response) => response.Drop("NextContinuationToken"),
        },
        new("s3-ninja", "`KeyCount` counts the whole bucket", "scireum/s3ninja#251")
        {
            Refused = Requests.All,
            Writes = (_, response) => response.Fields["KeyCount"] = "50493",
        },
        new("minio-other-delimiter", "the token that was sent comes again", "minio/minio#20682")
        {
            Refused = Requests.Pages,
            Writes = (request, response) =>
            {
                if (response.Fields["NextContinuationToken"] is not null && request.Token is { } token)
                {
                    response.Fields["NextContinuationToken"] = token;
                }
            },
        },
        new("moto-0.4", "ignores `start-after`", "getmoto/moto#880")
        {
            Refused = Requests.StartAfter | Requests.Summary,
            Reads = request => request with { StartAfter = null },
        },
        new("findify-s3mock", "ignores `max-keys`", "findify/s3mock#47")
        {
            Refused = Requests.Pages | Requests.Summary | Requests.Health,
            Reads = request => request with { MaxKeys = 1000 },
        },
        new("local-s3", "ignores the delimiter where the prefix contains it", "Robothy/local-s3#224")
        {
            Refused = Requests.Folder,
            Reads = request => request.Delimiter.Length > 0 && request.Prefix.Contains(request.Delimiter, StringComparison.Ordinal) ? request with { Delimiter = "" } : request,
        },
        new("s3rver-folders", "names folders of folders as common prefixes", "jamhall/s3rver#120")
        {
            Refused = Requests.Folder,
            Writes = (request, response) => Insert(request, response, "logs/2026/", "logs/2026/deeper/"),
        },
        new("noobaa", "lists a folder's own object beside the folder's common prefix", "noobaa/noobaa-core#1029")
        {
            Refused = Requests.Folder,
            Writes = (request, response) =>
            {
                if (request is { Delimiter.Length: > 0, Prefix: "logs/" })
                {
                    response.Contents.Insert(0, StoreBucket.Describe("logs/2026/"));
                    response.CountEntries();
                }
            },
        },
        new("alluxio", "common prefixes although there is no delimiter", "Alluxio/alluxio#14158")
        {
            Refused = Requests.Page | Requests.StartAfter | Requests.Summary,
            Writes = (request, response) =>
            {
                if (request.Delimiter.Length == 0 && request.MaxKeys > 1)
                {
                    response.CommonPrefixes.Add(StoreResponse.Encode($"{request.Prefix}zz/"));
                    response.CountEntries();
                }
            },
        },
        new("cloudemu", "every common prefix on every page", "stackshy/cloudemu#780")
        {
            Refused = Requests.Pages,
            Writes = (request, response) =>
            {
                if (request is { Delimiter.Length: > 0, Token: not null })
                {
                    response.CommonPrefixes.InsertRange(0, ["docs/", "logs/"]);
                    response.CountEntries();
                }
            },
        },
        new("rustfs", "a key twice", "rustfs/rustfs#2439")
        {
            Refused = Requests.Page | Requests.StartAfter | Requests.Summary,
            Sorts = (_, entries) => entries.SelectMany(entry => entry.Name == "logs/2027/1.gz" ? Enumerable.Repeat(entry, 2) : [entry]),
        },
        new("rclone-serve-s3", "keys in the order of their dates", "rclone/rclone#9002")
        {
            Refused = Requests.All & ~Requests.Health,
            Sorts = (_, entries) => entries.OrderByDescending(entry => entry.Name, NaiveListing.Utf8Order),
        },
        new("storj", "keys in the order of their ciphertext", "storj/roadmap#62")
        {
            Refused = Requests.All & ~Requests.Health,
            Sorts = (_, entries) => entries.OrderBy(entry => entry.Name.Length % 7).ThenByDescending(entry => entry.Name, NaiveListing.Utf8Order),
        },
        new("volcengine-tos", "directories in the order of their names without `/`", "juicedata/juicefs#7490")
        {
            Refused = Requests.Page | Requests.Pages | Requests.Summary,
            Sorts = (_, entries) => entries.OrderBy(entry => entry.Name.Replace('/', '\u0001'), NaiveListing.Utf8Order),
        },
        new("localstack-2020", "`Delimiter` says `None`", "localstack/localstack#2859")
        {
            Refused = Requests.All & ~Requests.Folder & ~Requests.Pages,
            Writes = (request, response) => response.Fields["Delimiter"] ??= "None",
        },
        new("another-prefix", "`Prefix` says another one", null)
        {
            Refused = Requests.All,
            Writes = (request, response) => response.Fields["Prefix"] = "other/",
        },
        new("s3proxy-nio2", "entries of folders without `Size` and `LastModified`", "gaul/s3proxy#1093")
        {
            Refused = Requests.Page | Requests.Summary,
            Writes = (_, response) => response.EachObject(entry =>
                entry.Key.EndsWith('/') ? entry with { Size = null, LastModified = null, ETag = null } : entry),
        },
        new("s3rver-dates", "`LastModified` as in an HTTP header", "jamhall/s3rver#181")
        {
            Refused = Requests.All,
            Writes = (_, response) => response.EachObject(entry => entry with { LastModified = "Mon, 23 Nov 2026 18:19:29 GMT" }),
        },
        new("ambry", "an offset without a colon in `LastModified`", "linkedin/ambry#2968")
        {
            Refused = Requests.All,
            Writes = (_, response) => response.EachObject(entry => entry with { LastModified = "2026-11-23T18:19:29+0000" }),
        },
        new("s3rver-root", "another document: `ListAllMyBucketsResult`", "jamhall/s3rver#15")
        {
            Refused = Requests.All,
            Writes = (_, response) => response.Root = "ListAllMyBucketsResult",
        },
        new("minio-console", "a page of HTML, with status 200", "minio/minio#12580")
        {
            Refused = Requests.All,
            Writes = (_, response) => (response.ContentType, response.Body) =
                ("text/html; charset=utf-8", "<!doctype html><html lang=\"en\"><head><title>MinIO Console</title></head><body></body></html>"),
        },
        new("half-a-document", "a document that breaks off, with status 200", "apache/opendal#5178")
        {
            Refused = Requests.All,
            Refusal = (503, "UpstreamUnavailable"),
            Writes = (_, response) => response.Body = response.Write()[..^30],
        },
        new("slow-down-with-200", "`SlowDown` as an error document, with status 200", "tikv/tikv#19652")
        {
            Refused = Requests.All,
            Refusal = SlowDown,
            Writes = (_, response) => response.Body = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>",
        },
        new("minio-busy", "503 `SlowDown` with `Retry-After: 120`", "minio/minio#10818")
        {
            Refused = Requests.All,
            Refusal = SlowDown,
            Writes = (_, response) => (response.Status, response.RetryAfter, response.Body) =
                (503, 120, "<Error><Code>SlowDown</Code><Message>Please reduce your request</Message></Error>"),
        },
    ];

    private static void Insert(StoreRequest request, StoreResponse response, string after, string name)
    {
        var at = request.Delimiter.Length > 0 ? response.CommonPrefixes.IndexOf(StoreResponse.Encode(after)) : -1;
        if (at >= 0)
        {
            response.CommonPrefixes.Insert(at + 1, StoreResponse.Encode(name));
            response.CountEntries();
        }
    }
}
