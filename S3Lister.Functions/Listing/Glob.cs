using System.Buffers;
using System.Text;

namespace S3Lister.Functions.Listing;

/// <summary>
/// A glob over a key: <c>*</c> and <c>?</c> stop at a slash, <c>**</c> does not, <c>**/</c> also stands for no folder at
/// all, <c>[a-z]</c> and <c>[!a-z]</c> are one character but a slash, <c>{a,b}</c> is one of several, <c>\</c> takes the
/// next character as it is. It must cover the whole key.
/// </summary>
/// <remarks>
/// An automaton that is in all its states at once: time is the key's length times the pattern's, whatever the pattern.
/// </remarks>
internal sealed class Glob
{
    /// <summary>Bytes of UTF-8. It bounds the automaton, and with it the time for a key.</summary>
    public const int LongestPattern = 256;

    private readonly GlobState[] _states;

    internal Glob(string pattern, GlobState[] states)
    {
        Pattern = pattern;
        _states = states;
    }

    public string Pattern { get; }

    /// <exception cref="FormatException">The pattern is none; the message says why, and holds nothing of it.</exception>
    public static Glob Parse(string pattern) => GlobParser.Parse(pattern);

    public bool Matches(ReadOnlySpan<byte> utf8)
    {
        var (current, next) = (new StateSet(_states), new StateSet(_states));
        try
        {
            current.Add(0);
            while (!utf8.IsEmpty && !current.IsEmpty)
            {
                Rune.DecodeFromUtf8(utf8, out var rune, out var consumed);
                utf8 = utf8[consumed..];
                current.Step(rune, ref next);
                (current, next) = (next, current);
                next.Clear();
            }

            return current.Accepts;
        }
        finally
        {
            current.Dispose();
            next.Dispose();
        }
    }

    /// <summary>States in use, each once: a list, and where in it a state stands.</summary>
    private struct StateSet(GlobState[] states) : IDisposable
    {
        private readonly int[] _members = ArrayPool<int>.Shared.Rent(states.Length);
        private readonly int[] _places = ArrayPool<int>.Shared.Rent(states.Length);
        private int _count;

        public readonly bool IsEmpty => _count == 0;

        public bool Accepts { get; private set; }

        public void Clear() => (_count, Accepts) = (0, false);

        public void Add(int state)
        {
            // Follows what takes no character. A state that is a member already has been followed.
            while (!(_places[state] is var place && (uint)place < (uint)_count && _members[place] == state))
            {
                _places[state] = _count;
                _members[_count++] = state;
                switch (states[state])
                {
                    case { Kind: GlobKind.End }:
                        Accepts = true;
                        return;
                    case { Kind: GlobKind.Split } split:
                        Add(split.Other);
                        state = split.Next;
                        break;
                    default:
                        return;
                }
            }
        }

        public readonly void Step(Rune rune, ref StateSet next)
        {
            for (var i = 0; i < _count; i++)
            {
                ref readonly var state = ref states[_members[i]];
                if (state.Takes(rune))
                {
                    next.Add(state.Next);
                }
            }
        }

        public readonly void Dispose()
        {
            ArrayPool<int>.Shared.Return(_members);
            ArrayPool<int>.Shared.Return(_places);
        }
    }
}

internal enum GlobKind
{
    /// <summary>The key may end here.</summary>
    End,

    /// <summary>Goes to two states and takes no character.</summary>
    Split,

    Literal,

    /// <summary>One character but a slash.</summary>
    NoSlash,

    /// <summary>Any one character.</summary>
    Any,

    /// <summary>One of a class, never a slash.</summary>
    Class,
}

/// <param name="Next">The state after it.</param>
/// <param name="Other">The second one of a split.</param>
/// <param name="Literal">The character of a literal.</param>
/// <param name="Class">The ranges of a class.</param>
/// <param name="Negated">Whether the class is of all but its ranges.</param>
internal readonly record struct GlobState(
    GlobKind Kind, int Next = 0, int Other = 0, Rune Literal = default, (Rune From, Rune To)[]? Class = null, bool Negated = false)
{
    private static readonly Rune Slash = new('/');

    public bool Takes(Rune rune) => Kind switch
    {
        GlobKind.Literal => rune == Literal,
        GlobKind.NoSlash => rune != Slash,
        GlobKind.Any => true,
        GlobKind.Class => rune != Slash && Array.Exists(Class!, range => range.From <= rune && rune <= range.To) != Negated,
        _ => false,
    };
}
