using System.Globalization;

namespace S3Lister.Functions.Gateway;

/// <summary>
/// Headers that are lists (RFC 9110, section 5.6.1): members with commas between, which a quoted string may hold. Empty
/// members do not count.
/// </summary>
internal static class HeaderList
{
    /// <summary>The members with their weights; one whose weight is not a number from 0 to 1 is left out.</summary>
    /// <param name="header">Null when it is not there.</param>
    /// <returns>Names without their other parameters, and 1 where there is no weight.</returns>
    public static List<(string Name, double Quality)> Weighted(string? header)
    {
        List<(string Name, double Quality)> members = [];
        for (ReadOnlySpan<char> list = header; TryTake(ref list, ',', hasEscapes: true, out var member);)
        {
            if (TryTake(ref member, ';', hasEscapes: true, out var name) && TryReadQuality(member, out var quality))
            {
                members.Add((name.ToString(), quality));
            }
        }

        return members;
    }

    /// <summary>Whether an entity tag is among those of the list, by the weak comparison of RFC 9110, section 8.8.3.2.</summary>
    /// <param name="header">Null when it is not there.</param>
    /// <param name="opaqueTag">The tag with its quotes, without <c>W/</c>.</param>
    public static bool HasTag(string? header, ReadOnlySpan<char> opaqueTag)
    {
        for (ReadOnlySpan<char> list = header; TryTake(ref list, ',', hasEscapes: false, out var member);)
        {
            if ((member.StartsWith("W/") ? member[2..] : member).SequenceEqual(opaqueTag))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the first member that is not empty off the list.</summary>
    /// <param name="list">What is left of it.</param>
    /// <param name="separator">Between members.</param>
    /// <param name="hasEscapes">Whether a backslash in quotes takes the next character as it is: not so in entity tags.</param>
    /// <param name="member">Without the blanks around it; empty for none.</param>
    private static bool TryTake(ref ReadOnlySpan<char> list, char separator, bool hasEscapes, out ReadOnlySpan<char> member)
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

    /// <remarks>The RFC wants a digit before the point and three after it at most. Java's default is <c>*/*; q=.2</c>.</remarks>
    private static bool TryReadQuality(ReadOnlySpan<char> parameters, out double quality)
    {
        quality = 1;
        while (TryTake(ref parameters, ';', hasEscapes: true, out var parameter))
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
