using System.Collections.Frozen;

namespace S3Lister.Page;

/// <summary>A file of the page.</summary>
/// <param name="Body">Its bytes.</param>
/// <param name="ContentType">Its media type.</param>
internal sealed record PageFile(byte[] Body, string ContentType);

/// <summary>The files of the page, which are embedded in this assembly, and the headers that protect them.</summary>
internal static class PageFiles
{
    private const string Start = "index.html";

    private static readonly FrozenDictionary<string, PageFile> Files = Read();

    /// <summary>
    /// The headers of every response. Scripts, styles and requests are this origin's only, no script is made from text, no other
    /// page can hold the page in a frame or a window, and nothing is stored.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers { get; } =
    [
        new("Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("X-Content-Type-Options", "nosniff"),
        new("Referrer-Policy", "no-referrer"),
        new("Cache-Control", "no-store"),
    ];

    /// <param name="path">The path of a URL, such as <c>/</c> or <c>/app.js</c>.</param>
    /// <returns>Null if the page has no such file.</returns>
    public static PageFile? Find(string path) =>
        Files.GetValueOrDefault(path == "/" ? Start : path.StartsWith('/') ? path[1..] : "");

    private static FrozenDictionary<string, PageFile> Read()
    {
        var assembly = typeof(PageFiles).Assembly;
        return assembly.GetManifestResourceNames().ToFrozenDictionary(name => name, name =>
        {
            using var resource = assembly.GetManifestResourceStream(name)!;
            var body = new byte[resource.Length];
            resource.ReadExactly(body);
            return new PageFile(body, TypeOf(name));
        });
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json",
        ".svg" => "image/svg+xml",
        _ => throw new NotSupportedException($"The type of {name} is not known."),
    };
}
