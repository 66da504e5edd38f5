namespace S3Lister.Tests.Stores;

/// <summary>
/// An S3-compatible store as a public report describes its responses to ListObjectsV2: S3's own response, changed in the
/// one way that the report is about.
/// </summary>
/// <param name="Name">Of the profile, of its bucket, and of its row in <c>docs/stores.md</c>.</param>
/// <param name="Does">What it does otherwise than S3, as in that row.</param>
/// <param name="Report">Where its users report it: <c>owner/repository#number</c>; null where no store is known to do it.</param>
internal sealed record StoreProfile(string Name, string Does, string? Report)
{
    public static IReadOnlyList<StoreProfile> All { get; } = [.. AcceptedStores.All, .. RefusedStores.All];

    /// <summary>Requests of the API that are refused; all others have the right response.</summary>
    public Requests Refused { get; init; }

    /// <summary>What the refused requests are refused with.</summary>
    public (int Status, string Code) Refusal { get; init; } = (502, "UpstreamFailure");

    /// <summary>What the store understands of a request.</summary>
    public Func<StoreRequest, StoreRequest> Reads { get; init; } = request => request;

    /// <summary>Which entries the store finds, and in which order.</summary>
    public Func<StoreRequest, IEnumerable<NaiveListing.Entry>, IEnumerable<NaiveListing.Entry>> Sorts { get; init; } = (_, entries) => entries;

    /// <summary>What the store makes of S3's response.</summary>
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

/// <summary>What a test sends through each store.</summary>
[Flags]
internal enum Requests
{
    None = 0,

    /// <summary>The whole bucket on one page.</summary>
    Page = 1,

    /// <summary>A folder, with a delimiter.</summary>
    Folder = 2,

    /// <summary>From a key on.</summary>
    StartAfter = 4,

    /// <summary>Page after page, by tokens.</summary>
    Pages = 8,

    /// <summary>A summary in several parts.</summary>
    Summary = 16,

    Health = 32,

    All = Page | Folder | StartAfter | Pages | Summary | Health,
}
