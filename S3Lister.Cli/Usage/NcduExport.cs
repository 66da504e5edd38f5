using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli.Usage;

/// <summary>
/// The import format of ncdu, version 1.2 (https://dev.yorhel.nl/ncdu/jsonfmt). Objects are not named, so those of a folder are one
/// item.
/// </summary>
internal static class NcduExport
{
    // ncdu reads escape sequences of the basic plane only.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(string bucket, FolderTree tree, DateTimeOffset now)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Options))
        {
            json.WriteStartArray();
            json.WriteNumberValue(1);
            json.WriteNumberValue(2);
            json.WriteStartObject();
            json.WriteString("progname", "s3lister");
            json.WriteString("progver", typeof(NcduExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]);
            json.WriteNumber("timestamp", now.ToUnixTimeSeconds());
            json.WriteEndObject();
            WriteFolder(json, $"s3://{bucket}/{tree.Name}", tree);
            json.WriteEndArray();
        }

        return text.ToArray();
    }

    private static void WriteFolder(Utf8JsonWriter json, string name, FolderTree folder)
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("name", TerminalText.Escape(name));
        json.WriteEndObject();
        foreach (var child in folder.Folders)
        {
            WriteFolder(json, Name(child.Name[folder.Name.Length..]), child);
        }

        WriteItem(json, folder.Own, "not in a folder");
        WriteItem(json, folder.Rest, folder.Folders.Count > 0 ? "other folders" : "folders");
        json.WriteEndArray();
    }

    /// <summary>Without the delimiter at the end, which ncdu adds. An item of ncdu must have a name.</summary>
    private static string Name(string folder) => folder.Length > 1 ? folder.TrimEnd('/') : folder;

    private static void WriteItem(Utf8JsonWriter json, Sum sums, string what)
    {
        if (sums.Objects == 0)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("name", $"({Quantity.Of(sums.Objects, "object")}: {what})");
        json.WriteNumber("asize", sums.Bytes);
        json.WriteNumber("dsize", sums.Bytes);
        json.WriteEndObject();
    }
}
