using System.Text;

namespace S3Lister.Listing.Filters;

/// <summary>Reads the characters of a glob.</summary>
internal sealed class GlobReader(string pattern)
{
    private readonly Rune[] _characters = [.. pattern.EnumerateRunes()];
    private int _at;

    public bool IsAtEnd => _at == _characters.Length;

    public bool IsNext(char character, int offset = 0) => _at + offset < _characters.Length && _characters[_at + offset].Value == character;

    public int Read() => _characters[_at++].Value;

    public bool TryRead(char character)
    {
        if (!IsNext(character))
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Reads the character after a backslash.</summary>
    public int ReadEscaped()
    {
        if (IsAtEnd)
        {
            throw new FormatException("must not end in a backslash");
        }

        var character = Read();
        return character > char.MaxValue || !char.IsAsciiLetterOrDigit((char)character)
            ? character
            : throw new FormatException(@"must not have a \ before a letter or digit: write [0-9] for \d, and / between folders");
    }
}
