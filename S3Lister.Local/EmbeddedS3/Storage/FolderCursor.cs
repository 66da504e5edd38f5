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
            var modified = new DateTimeOffset(_file!.LastWriteTimeUtc);
            return new ObjectInfo
            {
                Size = _file.Length,
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
            _levels.Push(FolderLevel.Read(store, store.Root, []));
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

    /// <summary>Goes on to the first file at or after the place where the cursor is.</summary>
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

    private void Descend()
    {
        var level = _levels.Peek();
        var entry = level.Entries[level.Index];
        var path = Path.Join(level.Path, entry.Name);
        _levels.Push(FolderLevel.Read(store, path, [.. level.Prefix, .. entry.SortKey]));
    }

    private bool IsListed(FolderLevel level)
    {
        var entry = level.Entries[level.Index];
        var file = new FileInfo(Path.Join(level.Path, entry.Name));
        if (!file.Exists)
        {
            // Removed since its name was read, or its name is not what .NET made of it.
            store.ReportIfNotUtf8(file.FullName);
            return false;
        }

        if (file.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            return false;
        }

        if (level.Prefix.Length + entry.SortKey.Length > S3Limits.MaxKeyBytes)
        {
            store.Report(file.FullName, $"its path is longer than the {S3Limits.MaxKeyBytes} bytes of a key");
            return false;
        }

        (_file, _key) = (file, [.. level.Prefix, .. entry.SortKey]);
        return true;
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
