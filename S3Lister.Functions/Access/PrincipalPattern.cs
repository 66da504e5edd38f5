namespace S3Lister.Functions.Access;

/// <summary>A principal's ARN with <c>*</c> for any run of characters, as in <c>aws:PrincipalArn</c> conditions.</summary>
internal static class PrincipalPattern
{
    /// <summary>Case-sensitive; in time proportional to the two lengths' product at worst.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> principal)
    {
        // The last star is where to try again, one character further: earlier stars need no second try.
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
