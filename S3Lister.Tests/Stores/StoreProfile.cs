namespace S3Lister.Tests.Stores;

/// <summary>A store whose responses to ListObjectsV2 differ from S3's in one way, as a public report describes it.</summary>
/// <param name="Name">The name of the profile, of its bucket, and of its row in <c>docs/stores.md</c>.</param>
/// <param name="Does">The difference from S3, as in that row.</param>
/// <param name="Report">The report: <c>owner/repository#number</c>; null if no store is known to do it.</param>
internal sealed record StoreProfile(string Name, string Does, string? Report)
{
    public static IReadOnlyList<StoreProfile> All { get; } = [.. AcceptedStores.All, .. RefusedStores.All];

    /// <summary>Requests of the API that fail; all others have the right response.</summary>
    public Requests Refused { get; init; }

    /// <summary>The status and code of the failed requests.</summary>
    public (int Status, string Code) Refusal { get; init; } = (502, "UpstreamFailure");

    /// <summary>Changes the request as the store understands it.</summary>
    public Func<StoreRequest, StoreRequest> Reads { get; init; } = request => request;

    /// <summary>Changes the entries that the store finds, or their order.</summary>
    public Func<StoreRequest, IEnumerable<NaiveListing.Entry>, IEnumerable<NaiveListing.Entry>> Sorts { get; init; } = (_, entries) => entries;

    /// <summary>Changes S3's response.</summary>
    public Action<StoreRequest, StoreResponse> Writes { get; init; } = (_, _) => { };

    public static StoreProfile Find(string name) => All.Single(profile => profile.Name == name);

    public StoreResponse Respond(StoreRequest request)
    {
        var understood = Reads(request);
        var response = StoreResponse.To(
            understood, Sorts(understood, NaiveListing.Entries(StoreBucket.Keys, understood.Prefix, understood.Delimiter, "")));
        Writes(understood, response);
        return response;
    }
}

/// <summary>The requests that a test sends to each store.</summary>
[Flags]
internal enum Requests
{
    None = 0,

    /// <summary>The whole bucket on one page.</summary>
    Page = 1,

    /// <summary>A folder, with a delimiter.</summary>
    Folder = 2,

    /// <summary>With start-after.</summary>
    StartAfter = 4,

    /// <summary>Page by page, with tokens.</summary>
    Pages = 8,

    /// <summary>A summary in several parts.</summary>
    Summary = 16,

    Health = 32,

    All = Page | Folder | StartAfter | Pages | Summary | Health,
}
