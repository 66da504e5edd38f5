using System.CommandLine;

namespace S3Lister.Cli;

/// <summary>Options of every command.</summary>
internal static class GlobalOptions
{
    public static Option<string> Api { get; } = new("--api")
    {
        Description = "The URL of the API. Default: S3LISTER_API, or the one that `s3lister setup` saved.",
        HelpName = "URL",
        Recursive = true,
    };

    public static Option<string> Profile { get; } = new("--profile")
    {
        Description = "The AWS profile whose credentials sign. Default: as for every AWS tool.",
        HelpName = "NAME",
        Recursive = true,
    };

    public static Option<string> Region { get; } = new("--region")
    {
        Description = "The region of the API. Default: the one in its host name.",
        HelpName = "REGION",
        Recursive = true,
    };

    public static Option<string> Color { get; } = new Option<string>("--color")
    {
        Description = "Use color: auto, always or never. Default: auto, which is on a terminal unless NO_COLOR is set.",
        HelpName = "WHEN",
        Recursive = true,
    }.AcceptOnlyFromAmong("auto", "always", "never");

    public static Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Write nothing but errors to standard error.",
        Recursive = true,
    };

    public static Option<bool> Verbose { get; } = new("--verbose", "-v")
    {
        Description = "Write what is requested, repeated and spent to standard error.",
        Recursive = true,
    };

    public static void AddTo(RootCommand root)
    {
        foreach (var option in (Option[])[Api, Profile, Region, Color, Quiet, Verbose])
        {
            root.Options.Add(option);
        }
    }
}
