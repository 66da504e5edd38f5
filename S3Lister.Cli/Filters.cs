using System.CommandLine;
using System.CommandLine.Parsing;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli;

/// <summary>The options that select objects. They have the names of the API's filters.</summary>
internal sealed class Filters
{
    private readonly Option<string> _include = new("--include") { Description = "A glob that the key after the prefix must match, such as \"**/*.csv\".", HelpName = "GLOB" };
    private readonly Option<string> _exclude = new("--exclude") { Description = "A glob that the key after the prefix must not match.", HelpName = "GLOB" };
    private readonly Option<long?> _minSize = Size("--min-size", "Minimum size: bytes, or with KiB, MiB, GiB or TiB.");
    private readonly Option<long?> _maxSize = Size("--max-size", "Maximum size.");
    private readonly Option<DateTimeOffset?> _older = Instant("--older", "Modified before: an age such as 90d, 12h or 4w, or a date.");
    private readonly Option<DateTimeOffset?> _newer = Instant("--newer", "Modified since: an age, or a date.");
    private readonly Option<string[]> _classes = new("--class") { Description = "Storage class, such as STANDARD_IA. Can be repeated.", HelpName = "CLASS" };

    private IEnumerable<Option> All => [_include, _exclude, _minSize, _maxSize, _older, _newer, _classes];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    public bool IsSet(SymbolResult result) => All.Any(option => result.GetResult(option) is not null);

    public T Apply<T>(ParseResult options, T query)
        where T : ListingQuery => query with
        {
            Include = options.GetValue(_include),
            Exclude = options.GetValue(_exclude),
            MinSize = options.GetValue(_minSize),
            MaxSize = options.GetValue(_maxSize),
            ModifiedBefore = options.GetValue(_older),
            ModifiedAfter = options.GetValue(_newer),
            StorageClasses = options.GetValue(_classes) ?? [],
        };

    /// <summary>The filters of one query for another one.</summary>
    public static T Copy<T>(ListingQuery from, T to)
        where T : ListingQuery => to with
        {
            Include = from.Include,
            Exclude = from.Exclude,
            MinSize = from.MinSize,
            MaxSize = from.MaxSize,
            ModifiedBefore = from.ModifiedBefore,
            ModifiedAfter = from.ModifiedAfter,
            StorageClasses = from.StorageClasses,
        };

    /// <returns>The options as they were written.</returns>
    public IEnumerable<string> Describe(ParseResult options) =>
        from option in All
        where options.GetResult(option) is not null
        select $"{option.Name} {string.Join(',', options.GetResult(option)!.Tokens.Select(token => token.Value))}";

    private static Option<long?> Size(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result =>
        {
            if (ByteSize.TryParse(result.Tokens[0].Value, out var bytes))
            {
                return bytes;
            }

            result.AddError($"{name} is a number of bytes, or one with KiB, MiB, GiB or TiB, such as 10MiB.");
            return null;
        },
    };

    private static Option<DateTimeOffset?> Instant(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "WHEN",
        CustomParser = result =>
        {
            if (Age.TryParse(result.Tokens[0].Value, TimeProvider.System, out var instant))
            {
                return instant;
            }

            result.AddError($"{name} is an age such as 90d, 12h or 4w, or a date such as 2026-01-31 or 2026-01-31T12:00:00Z.");
            return null;
        },
    };
}
