using System.Buffers.Binary;
using System.Security.Cryptography;
using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>
/// Walks a directory tree in the order of its keys. It reads a directory when it comes to it and keeps the ones that
/// it is in, so a page costs the directories that it touches and a skipped common prefix costs nothing.
/// </summary>
internal sealed class FolderCursor(FolderObjectStore store) : IObjectCursor
{
    private readonly Stack<FolderLevel> _levels = new();
    private byte[] _key = [];
    private FileInfo? _file;

    public ReadOnlySpan<byte> Key => _key;

    public ObjectInfo Info
    {
        get
        {
            var modified = Modified(_file!);
            return new ObjectInfo
            {
                Size = _file!.Length,
                LastModified = modified.ToUnixTimeSeconds(),
                ETag = Tag(_key, _file.Length, modified.Ticks),
            };
        }
    }

    public bool Seek(ReadOnlySpan<byte> key)
    {
        while (_levels.TryPeek(out var level) && !key.StartsWith(level.Prefix))
        {
            _levels.Pop();
        }

        if (_levels.Count == 0)
        {
            Push(FolderLevel.Read(store.Root, []));
        }

        while (_levels.Peek().Seek(key[_levels.Peek().Prefix.Length..]))
        {
            Descend();
        }

        return Settle();
    }

    public bool MoveNext()
    {
        _levels.Peek().Index++;
        return Settle();
    }

    /// <summary>Moves to the first file at or after the position of the cursor.</summary>
    private bool Settle()
    {
        while (true)
        {
            var level = _levels.Peek();
            if (level.Index == level.Entries.Length)
            {
                if (_levels.Count == 1)
                {
                    return false;
                }

                _levels.Pop();
                _levels.Peek().Index++;
            }
            else if (level.Entries[level.Index].IsDirectory)
            {
                Descend();
            }
            else if (IsListed(level))
            {
                return true;
            }
            else
            {
                level.Index++;
            }
        }
    }

    private void Descend() => Push(_levels.Peek().Descend());

    private void Push(FolderLevel level)
    {
        if (level.LeftOut is { } reason)
        {
            store.Report(level.Path, reason);
        }

        foreach (var name in level.Indistinct)
        {
            store.Report(Path.Join(level.Path, name), LeftOut.NotUtf8);
        }

        _levels.Push(level);
    }

    private bool IsListed(FolderLevel level)
    {
        var entry = level.Entries[level.Index];
        var path = Path.Join(level.Path, entry.Name);
        var (isObject, leftOut) = level.Inspect();
        if (leftOut is { } reason)
        {
            store.Report(path, reason);
        }

        var file = new FileInfo(path);
        if (!isObject || !file.Exists)
        {
            return false;
        }

        (_file, _key) = (file, [.. level.Prefix, .. entry.SortKey]);
        return true;
    }

    // Some file systems have times that .NET has not: touch -d @300000000000 is the year 11476.
    private static DateTimeOffset Modified(FileInfo file)
    {
        try
        {
            return file.LastWriteTimeUtc;
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTimeOffset.MaxValue;
        }
    }

    private static ETag Tag(byte[] key, long size, long ticks)
    {
        Span<byte> state = stackalloc byte[S3Limits.MaxKeyBytes + 16];
        key.CopyTo(state);
        BinaryPrimitives.WriteInt64BigEndian(state[key.Length..], size);
        BinaryPrimitives.WriteInt64BigEndian(state[(key.Length + 8)..], ticks);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(state[..(key.Length + 16)], hash);
        return ETag.FromMd5(hash);
    }
}
