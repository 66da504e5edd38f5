namespace S3Lister.Documentation.Tests.OpenApi;

/// <summary>A status and a media type that the document lists for a route.</summary>
/// <param name="MediaType">Null for a response without a body.</param>
internal sealed record DocumentedResponse(string Path, int Status, string? MediaType, OpenApiNode Response)
{
    public static IReadOnlyList<DocumentedResponse> All { get; } =
    [
        .. from path in OpenApiNode.Root["paths"].Members
           from response in path.Node["get"]["responses"].Members
           from mediaType in response.Node.Has("content") ? response.Node["content"].Names : [null!]
           select new DocumentedResponse(
               path.Name, int.Parse(response.Name, System.Globalization.CultureInfo.InvariantCulture), mediaType, response.Node),
    ];

    public string Name => NameOf(Path, Status, MediaType);

    public OpenApiNode Content => Response["content"][MediaType!];

    public static string NameOf(string path, int status, string? mediaType) => $"{path} {status} {mediaType}".TrimEnd();
}
