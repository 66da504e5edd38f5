using System.Security.Cryptography;
using S3Lister.Inventory.Runs;
using S3Lister.Listing.Text;

namespace S3Lister.Inventory.Exporting;

/// <summary>A file that is uploaded in parts while it is written, and not completed.</summary>
/// <param name="store">Where it is uploaded to.</param>
/// <param name="key">Its key.</param>
/// <param name="deadline">Ends the uploads.</param>
internal sealed class MultipartFile(RunStore store, string key, CancellationToken deadline) : IDisposable
{
    /// <summary>Bytes. S3 requires at least 5 MiB of each part but the last, and allows 10,000 parts: 78 GiB.</summary>
    private const int PartSize = 8 * 1024 * 1024;

    /// <summary>The number of parts in memory at which the writer should pause.</summary>
    private const int MaxPendingParts = 4;

    private readonly List<Task<string>> _parts = [];
#pragma warning disable CA5351 // The manifest of S3 Inventory has the MD5 of each file. It protects nothing.
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
    private Utf8Buffer _part = new(PartSize);
    private Task<string>? _uploadId;
    private long _length;

    /// <summary>Whether an upload has failed or the destination is slower than the listing, so that the attempt should end.</summary>
    public bool IsOverloaded => _parts.Exists(static part => part.IsFaulted) || _parts.Count(static part => !part.IsCompleted) > MaxPendingParts;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        _md5.AppendData(bytes);
        while (_part.Length + bytes.Length >= PartSize)
        {
            var room = PartSize - _part.Length;
            _part.Append(bytes[..room]);
            bytes = bytes[room..];
            Send();
        }

        _part.Append(bytes);
    }

    /// <summary>Uploads the last part and waits for all of them.</summary>
    /// <param name="rows">The number of rows of the file.</param>
    public async Task<FileRecord> CloseAsync(long rows)
    {
        if (_part.Length > 0)
        {
            Send();
        }

        var etags = await Task.WhenAll(_parts);
        return new(key, await _uploadId!, etags, _length, rows, Convert.ToHexStringLower(_md5.GetHashAndReset()));
    }

    /// <summary>Discards what was uploaded. A failure is ignored: a lifecycle rule discards old uploads.</summary>
    public async Task AbortAsync()
    {
        try
        {
            if (_uploadId is not null)
            {
                var id = await _uploadId;
                await WaitAsync();
                await store.AbortAsync(key, id, deadline);
            }
        }
#pragma warning disable CA1031 // The failure that led here is the one to report.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    public void Dispose()
    {
        _part.Dispose();
        _md5.Dispose();
    }

    /// <summary>Waits for all parts, whether or not they succeed: S3 would keep a part that arrives after the end of the upload.</summary>
    private async Task WaitAsync()
    {
        try
        {
            await Task.WhenAll(_parts);
        }
#pragma warning disable CA1031 // The failure that led here is the one to report.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private void Send()
    {
        _uploadId ??= store.StartUploadAsync(key, deadline);
        _parts.Add(UploadAsync(_uploadId, _parts.Count + 1, _part));
        _part = new(PartSize);
    }

    private async Task<string> UploadAsync(Task<string> uploadId, int number, Utf8Buffer content)
    {
        string id;
        try
        {
            id = await uploadId;
        }
        catch
        {
            content.Dispose();
            throw;
        }

        return await store.UploadPartAsync(key, id, number, content, deadline);
    }
}
