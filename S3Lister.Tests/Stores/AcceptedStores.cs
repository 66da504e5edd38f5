namespace S3Lister.Tests.Stores;

/// <summary>Stores whose responses omit or add something, and contradict nothing.</summary>
internal static class AcceptedStores
{
    public static IReadOnlyList<StoreProfile> All { get; } =
    [
        new("openstack-swift", "no `KeyCount`", "fsspec/s3fs#405")
        {
            Writes = (_, response) => response.Drop("KeyCount"),
        },
        new("zenko-cloudserver", "no `KeyCount`; `Owner` in each entry, though not requested", "scality/cloudserver#2139")
        {
            Writes = (_, response) =>
            {
                response.Drop("KeyCount");
                response.EachObject(entry => entry with { Further = "<Owner><ID>75aa57f09aa0c8ca</ID><DisplayName>webfile</DisplayName></Owner>" });
            },
        },
        new("versity-gateway", "no `StartAfter`", "versity/versitygw#818")
        {
            Writes = (_, response) => response.Drop("StartAfter"),
        },
        new("versity-gateway-2026", "an empty `EncodingType` and no encoding; `ContinuationToken` where `start-after` was sent", "versity/versitygw#2007")
        {
            Reads = request => request with { IsUrlEncoded = false },
            Writes = (request, response) =>
            {
                response.Fields["EncodingType"] = "";
                response.Fields["ContinuationToken"] ??= request.StartAfter;
            },
        },
        new("bare-minimum", "leaves out all that the others leave out: `Name`, `Prefix`, `Delimiter`, `StartAfter`, `MaxKeys`, `KeyCount`", null)
        {
            Writes = (_, response) => response.Drop("Name", "Prefix", "Delimiter", "StartAfter", "MaxKeys", "KeyCount", "ContinuationToken"),
        },
        new("backlot", "ignores `encoding-type`, says so by leaving `EncodingType` out", "brekkylab/backlot#178")
        {
            Reads = request => request with { IsUrlEncoded = false },
        },
        new("digitalocean-spaces", "percent-encodes `/` too", "paolobarbolini/rusty-s3#93")
        {
            Writes = (_, response) =>
            {
                response.EachObject(entry => entry with { Key = EncodeSlashes(entry.Key) });
                response.CommonPrefixes = response.CommonPrefixes.ConvertAll(EncodeSlashes);
                response.Fields["Prefix"] = EncodeSlashes(response.Fields["Prefix"]!);
            },
        },
        new("dell-ecs", "seconds without a fraction in `LastModified`", "minio/minio-py#777")
        {
            Writes = (_, response) => response.EachObject(entry => entry with { LastModified = "2026-11-23T18:19:29Z" }),
        },
        new("floci", "nanoseconds in `LastModified`", "floci-io/floci#24")
        {
            Writes = (_, response) => response.EachObject(entry => entry with { LastModified = "2026-11-23T18:19:29.676905149Z" }),
        },
        new("localstack", "microseconds in `LastModified`, no namespace, `Owner` in each entry", "localstack/localstack#9427")
        {
            Writes = (_, response) =>
            {
                response.Namespace = null;
                response.EachObject(entry => entry with { LastModified = "2026-11-23T18:19:29.298607Z", Further = "<Owner><DisplayName>webfile</DisplayName></Owner>" });
            },
        },
        new("google-cloud-storage", "another namespace", "rustyconover/net-amazon-s3#55")
        {
            Writes = (_, response) => response.Namespace = "http://doc.s3.amazonaws.com/2006-03-01",
        },
        new("s5cmd-memory-store", "no `StorageClass`", "peak/s5cmd#36")
        {
            Writes = (_, response) => response.EachObject(entry => entry with { StorageClass = null }),
        },
        new("s3mock", "`ETag` without quotes", "adobe/S3Mock#801")
        {
            Writes = (_, response) => response.EachObject(entry => entry with { ETag = entry.ETag!.Trim('"') }),
        },
        new("s3s-fs", "no `ETag`", "apache/opendal#3478")
        {
            Writes = (_, response) => response.EachObject(entry => entry with { ETag = null }),
        },
        new("apache-ozone", "`continueToken` for `ContinuationToken`; an `ETag` that is a date", "apache/ozone#10668")
        {
            Writes = (_, response) =>
            {
                response.Fields["continueToken"] = response.Fields["ContinuationToken"];
                response.Drop("ContinuationToken");
                response.EachObject(entry => entry with { ETag = "2023-01-13T01:33:38.697Z" });
            },
        },
        new("ceph-radosgw", "the token is the last key itself; `Type` in each entry", "ceph/ceph#28988")
        {
            Reads = request => request with { Token = request.Token is { } token ? StoreResponse.Token(token) : null },
            Writes = (_, response) =>
            {
                if (response.Fields["NextContinuationToken"] is { } token)
                {
                    response.Fields["NextContinuationToken"] = StoreResponse.Name(token);
                }

                response.EachObject(entry => entry with { Further = "<Type>Normal</Type>" });
            },
        },
        new("minio", "a page's last common prefix again at the top of the next page", "minio/minio#16108")
        {
            Sorts = (request, entries) => request is { Token: { } token, MaxKeys: > 1 }
                ? entries.SelectMany(entry => entry.IsCommonPrefix && entry.Name == StoreResponse.Name(token) ? Enumerable.Repeat(entry, 2) : [entry])
                : entries,
        },
        new("minio-last-page", "truncated after the last key; then an empty page", "minio/minio-js#1314")
        {
            Sorts = (request, entries) => request.Token == EndToken ? [] : entries,
            Writes = (request, response) =>
            {
                if (response.Fields["IsTruncated"] == "false" && response.Contents.Count > 0)
                {
                    response.Fields["IsTruncated"] = "true";
                    response.Fields["NextContinuationToken"] = EndToken;
                }
            },
        },
        new("alibaba-oss", "100 entries on a page at most, and `MaxKeys` says so", "star-whale/starwhale#1256")
        {
            Reads = request => request with { MaxKeys = Math.Min(request.MaxKeys, 100) },
        },
        new("seaweedfs", "`KeyCount` counts objects alone", "seaweedfs/seaweedfs#1741")
        {
            Writes = (_, response) => response.Fields["KeyCount"] = StoreResponse.Text(response.Contents.Count),
        },
        new("seaweedfs-4.47", "an empty listing where `start-after` sorts before the prefix", "seaweedfs/seaweedfs#11321")
        {
            Sorts = (request, entries) =>
                request.StartAfter is { } startAfter && string.CompareOrdinal(startAfter, request.Prefix) < 0 ? [] : entries,
        },
        new("sia-s3d", "501 `NotImplemented` for a delimiter other than `/`", "SiaFoundation/s3d#169")
        {
            Writes = (request, response) =>
            {
                if (request.Delimiter is not ("" or "/"))
                {
                    (response.Status, response.Body) = (501, "<Error><Code>NotImplemented</Code></Error>");
                }
            },
        },
    ];

    private const string EndToken = "7E";

    private static string EncodeSlashes(string text) => text.Replace("/", "%2F", StringComparison.Ordinal);
}
