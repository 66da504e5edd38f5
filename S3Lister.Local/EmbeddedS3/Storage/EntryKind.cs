using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>What an entry of a directory is.</summary>
internal enum EntryKind
{
    RegularFile,
    Directory,
    Link,
    Fifo,
    Socket,
    Device,

    /// <summary>The entry does not exist, or its name is not UTF-8 and .NET cannot represent it.</summary>
    Missing,

    /// <summary>Its directory may be listed and not searched.</summary>
    Denied,
}

/// <summary>
/// Distinguishes regular files from other entries. .NET cannot, and opening a FIFO waits for a writer, so <c>statx</c> is
/// called on Linux; its structure is the same on every processor. Elsewhere FIFOs and sockets count as files.
/// </summary>
internal static partial class EntryKinds
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int Follow = 0;
    private const int DoNotFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint TypeOnly = 1; // STATX_TYPE
    private const int ModeOffset = 28; // of stx_mode in struct statx
    private const int StatXBytes = 256;
    private const int AccessDenied = 13; // EACCES

    /// <summary>Of the entry itself: a link is a link.</summary>
    public static EntryKind Of(string path) =>
        OperatingSystem.IsLinux() ? OfLinux(path, DoNotFollow) : OfAttributes(path);

    /// <summary>Whether the target of a link does not exist; true for a loop.</summary>
    public static bool IsDangling(string link)
    {
        if (OperatingSystem.IsLinux())
        {
            return OfLinux(link, Follow) is EntryKind.Missing;
        }

        try
        {
            return new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true) is { Exists: false };
        }
        catch (IOException)
        {
            return true; // a loop
        }
    }

    [SupportedOSPlatform("linux")]
    private static EntryKind OfLinux(string path, int flags)
    {
        Span<byte> result = stackalloc byte[StatXBytes];
        if (StatX(CurrentDirectory, path, flags, TypeOnly, ref MemoryMarshal.GetReference(result)) != 0)
        {
            return Marshal.GetLastPInvokeError() == AccessDenied ? EntryKind.Denied : EntryKind.Missing;
        }

        // S_IFMT and its values
        return (MemoryMarshal.Read<ushort>(result[ModeOffset..]) & 0xF000) switch
        {
            0x8000 => EntryKind.RegularFile,
            0x4000 => EntryKind.Directory,
            0xA000 => EntryKind.Link,
            0x1000 => EntryKind.Fifo,
            0xC000 => EntryKind.Socket,
            _ => EntryKind.Device,
        };
    }

    private static EntryKind OfAttributes(string path)
    {
        try
        {
            var attributes = File.GetAttributes(path);
            return attributes.HasFlag(FileAttributes.ReparsePoint) ? EntryKind.Link
                : attributes.HasFlag(FileAttributes.Directory) ? EntryKind.Directory
                : attributes.HasFlag(FileAttributes.Device) ? EntryKind.Device
                : EntryKind.RegularFile;
        }
        catch (UnauthorizedAccessException)
        {
            return EntryKind.Denied;
        }
        catch (IOException)
        {
            return EntryKind.Missing;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SupportedOSPlatform("linux")]
    private static partial int StatX(int directory, string path, int flags, uint mask, ref byte result);
}
