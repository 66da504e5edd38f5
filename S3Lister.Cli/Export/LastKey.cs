using System.Text;
using System.Text.Json;
using S3Lister.Client;

namespace S3Lister.Cli.Export;

/// <summary>The key of the last object of a page in the API's formats.</summary>
internal static class LastKey
{
    /// <returns>Null if the page has no object.</returns>
    public static string? Find(ReadOnlySpan<byte> rows, ObjectFormat format) =>
        rows.Length == 0 ? null : format == ObjectFormat.Csv ? FromCsv(rows) : FromNdjson(rows);

    private static string? FromNdjson(ReadOnlySpan<byte> rows)
    {
        var line = rows.TrimEnd((byte)'\n');
        Utf8JsonReader json = new(line[(line.LastIndexOf((byte)'\n') + 1)..]);
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("key"u8))
            {
                json.Read();
                return json.GetString();
            }
        }

        return null;
    }

    /// <summary>The second cell of the last row. A quoted cell can contain line breaks.</summary>
    private static string FromCsv(ReadOnlySpan<byte> rows)
    {
        var (row, isQuoted) = (0, false);
        for (var place = 0; place < rows.Length - 1; place++)
        {
            isQuoted ^= rows[place] == '"';
            row = !isQuoted && rows[place] == '\n' ? place + 1 : row;
        }

        var cell = rows[(row + "object,"u8.Length)..];
        var key = cell[0] == '"' ? Unquote(cell[1..]) : Encoding.UTF8.GetString(cell[..cell.IndexOf((byte)',')]);
        return key.StartsWith('\'') ? key[1..] : key;
    }

    private static string Unquote(ReadOnlySpan<byte> cell)
    {
        var end = 0;
        while (cell[end] != '"' || cell[end + 1] == '"')
        {
            end += cell[end] == '"' ? 2 : 1;
        }

        return Encoding.UTF8.GetString(cell[..end]).Replace("\"\"", "\"", StringComparison.Ordinal);
    }
}
