using System.Globalization;

namespace S3Lister.Functions.Gateway;

/// <summary>
/// Parses headers that are lists (RFC 9110, section 5.6.1): members separated by commas, which may also occur in quoted
/// strings. Empty members are ignored.
/// </summary>
internal static class HeaderList
{
    /// <summary>Parses members with weights. Members whose weight is not a number from 0 to 1 are omitted.</summary>
    /// <param name="header">The header; null if it is missing.</param>
    /// <returns>The names without other parameters, and their weights, by default 1.</returns>
    public static List<(string Name, double Quality)> ParseWeighted(string? header)
    {
        List<(string Name, double Quality)> members = [];
        for (ReadOnlySpan<char> list = header; TryReadMember(ref list, ',', hasEscapes: true, out var member);)
        {
            if (TryReadMember(ref member, ';', hasEscapes: true, out var name) && TryReadQuality(member, out var quality))
            {
                members.Add((name.ToString(), quality));
            }
        }

        return members;
    }

    /// <summary>Whether the list contains an entity tag, by the weak comparison of RFC 9110, section 8.8.3.2.</summary>
    /// <param name="header">The header; null if it is missing.</param>
    /// <param name="opaqueTag">The tag with its quotes, without <c>W/</c>.</param>
    public static bool ContainsTag(string? header, ReadOnlySpan<char> opaqueTag)
    {
        for (ReadOnlySpan<char> list = header; TryReadMember(ref list, ',', hasEscapes: false, out var member);)
        {
            if ((member.StartsWith("W/") ? member[2..] : member).SequenceEqual(opaqueTag))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the next member that is not empty.</summary>
    /// <param name="list">The list; on return, its remaining members.</param>
    /// <param name="separator">The separator of the members.</param>
    /// <param name="hasEscapes">Whether a backslash in quotes escapes the next character; not in entity tags.</param>
    /// <param name="member">The member without surrounding blanks; empty at the end of the list.</param>
    private static bool TryReadMember(ref ReadOnlySpan<char> list, char separator, bool hasEscapes, out ReadOnlySpan<char> member)
    {
        member = default;
        while (member.IsEmpty && !list.IsEmpty)
        {
            var end = EndOfMember(list, separator, hasEscapes);
            member = list[..end].Trim(" \t");
            list = list[Math.Min(end + 1, list.Length)..];
        }

        return !member.IsEmpty;
    }

    private static int EndOfMember(ReadOnlySpan<char> list, char separator, bool hasEscapes)
    {
        var isQuoted = false;
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted && hasEscapes && list[i] == '\\')
            {
                i++;
            }
            else if (!isQuoted && list[i] == separator)
            {
                return i;
            }
        }

        return list.Length;
    }

    /// <remarks>More lenient than the RFC, which requires a digit before the point: Java sends <c>*/*; q=.2</c> by default.</remarks>
    private static bool TryReadQuality(ReadOnlySpan<char> parameters, out double quality)
    {
        quality = 1;
        while (TryReadMember(ref parameters, ';', hasEscapes: true, out var parameter))
        {
            var equals = parameter.IndexOf('=');
            if (equals >= 0 && parameter[..equals].Trim(" \t") is ['q' or 'Q'])
            {
                return double.TryParse(parameter[(equals + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality)
                    && quality is >= 0 and <= 1;
            }
        }

        return true;
    }
}
