using System.CommandLine;

namespace S3Lister.Cli.Output;

/// <summary>Standard output, which is data, and standard error, which is everything else.</summary>
internal sealed class Terminal : IAsyncDisposable
{
    private readonly bool _isQuiet;
    private readonly bool _isVerbose;
    private readonly Lazy<TextWriter> _output;

    public Terminal(ParseResult options)
    {
        _isQuiet = options.GetValue(GlobalOptions.Quiet);
        _isVerbose = options.GetValue(GlobalOptions.Verbose);
        IsTerminal = !Console.IsOutputRedirected;
        IsErrorTerminal = !Console.IsErrorRedirected;
        HasColor = (options.GetValue(GlobalOptions.Color) ?? "auto") switch
        {
            "always" => true,
            "never" => false,
            _ => IsTerminal && IsUnset("NO_COLOR") && Environment.GetEnvironmentVariable("TERM") != "dumb",
        };
        _output = new(() => StandardStream.Output(bufferSize: 1 << 16));
    }

    /// <summary>Whether standard output is a terminal: tables, units and escaped keys there, plain fields elsewhere.</summary>
    public bool IsTerminal { get; }

    public bool IsErrorTerminal { get; }

    public bool HasColor { get; }

    public bool IsQuiet => _isQuiet;

    /// <summary>Standard output as text.</summary>
    public TextWriter Output => _output.Value;

    /// <summary>A key for standard output: as it is in a pipe, escaped on a terminal.</summary>
    public string Key(string key) => IsTerminal ? TerminalText.Escape(key) : key;

    public string Bold(string text) => HasColor ? $"\e[1m{text}\e[0m" : text;

    /// <summary>Writes a line to standard error, unless it is quiet.</summary>
    public void Note(string line)
    {
        if (!_isQuiet)
        {
            StandardStream.Error.WriteLine(line);
        }
    }

    /// <summary>Writes a line to standard error, even if it is quiet.</summary>
    public static void Error(string line) => StandardStream.Error.WriteLine($"s3lister: {TerminalText.Escape(line)}");

    /// <summary>Writes a line to standard error if it is verbose.</summary>
    public void Detail(string line)
    {
        if (_isVerbose)
        {
            StandardStream.Error.WriteLine($"s3lister: {line}");
        }
    }

    /// <summary>What a command cost, on a terminal or if it is verbose.</summary>
    public void Cost(long s3Requests, string what)
    {
        if (_isVerbose || (IsTerminal && IsErrorTerminal))
        {
            Note($"{what}; {ListCost.Describe(s3Requests)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_output.IsValueCreated)
        {
            await _output.Value.DisposeAsync();
        }
    }

    private static bool IsUnset(string variable) => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
