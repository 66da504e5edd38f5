namespace S3Lister.Functions.Access;

/// <summary>Matches a principal's ARN against a pattern, in which only <c>*</c> is special: it matches any number of characters.</summary>
internal static class PrincipalPattern
{
    /// <summary>Case-sensitive. The time is at most proportional to the product of both lengths.</summary>
    /// <remarks>
    /// <c>FileSystemName.MatchesSimpleExpression</c> would treat <c>?</c> as a wildcard, even after a backslash: such a
    /// pattern would grant more than it says.
    /// </remarks>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> principal)
    {
        // After a mismatch, only the last star needs to match one character more; earlier stars need no second try.
        var (p, s, star, resume) = (0, 0, -1, 0);
        while (s < principal.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, s);
            }
            else if (p < pattern.Length && pattern[p] == principal[s])
            {
                p++;
                s++;
            }
            else if (star >= 0)
            {
                (p, s) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }
}
