using S3Lister.Cli.Output;

namespace S3Lister.Cli;

/// <summary>The settings that <c>s3lister setup</c> saves: lines of <c>name = value</c>, and comments that begin with <c>#</c>.</summary>
/// <param name="Api">The URL of the API.</param>
/// <param name="Region">The region of the API.</param>
/// <param name="Profile">The AWS profile.</param>
internal sealed record Settings(string? Api, string? Region, string? Profile)
{
    /// <summary><c>~/.config/s3lister/config</c>, or where XDG_CONFIG_HOME or, on Windows, APPDATA says.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Folder(), "s3lister", "config");

    /// <exception cref="CommandException">A line is not a setting.</exception>
    public static Settings Load()
    {
        Settings settings = new(null, null, null);
        if (!File.Exists(Path))
        {
            return settings;
        }

        var number = 0;
        foreach (var line in File.ReadLines(Path))
        {
            number++;
            if (line.Trim() is not { Length: > 0 } text || text[0] == '#')
            {
                continue;
            }

            var (name, value) = text.Split('=', 2, StringSplitOptions.TrimEntries) is [var left, { Length: > 0 } right] ? (left, right) : (text, "");
            settings = (name, value) switch
            {
                ("api", { Length: > 0 }) => settings with { Api = value },
                ("region", { Length: > 0 }) => settings with { Region = value },
                ("profile", { Length: > 0 }) => settings with { Profile = value },
                _ => throw new CommandException(
                    ExitCode.Usage, $"{Path}, line {number}: expected `api = URL`, `region = NAME` or `profile = NAME`, not `{TerminalText.Escape(text)}`."),
            };
        }

        return settings;
    }

    public void Save()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllLines(Path, ((string, string?)[])[("api", Api), ("region", Region), ("profile", Profile)]
            is var rows ? rows.Where(row => row.Item2 is not null).Select(row => $"{row.Item1} = {row.Item2}") : []);
    }

    private static string Folder() =>
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } folder ? folder
        : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
        : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
}
