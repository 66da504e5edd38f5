using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Finds the template of a project, and writes it when its functions differ from the annotated ones.</summary>
internal static class TemplateFile
{
    private const string DefaultsFile = "aws-lambda-tools-defaults.json";

    public static void Synchronize(string projectDirectory, Project project)
    {
        var directory = Path.GetFullPath(projectDirectory).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        var path = Find(directory);
        var before = File.Exists(path) ? File.ReadAllBytes(path) : [];
        var text = Text(before);
        if (text.Trim() is { Length: > 0 } content && content[0] != '{')
        {
            throw new InvalidDataException($"{path} is not JSON; the stand-in does not write YAML.");
        }

        var template = new Template(text);
        template.Apply(project, RelativePath(Path.GetDirectoryName(path)!, directory));
        var after = new UTF8Encoding(false).GetBytes(template.ToString());
        if (!before.AsSpan().SequenceEqual(after))
        {
            File.WriteAllBytes(path, after);
        }
    }

    /// <summary>The defaults file of the command-line tool, anywhere in the project, names the template.</summary>
    private static string Find(string directory)
    {
        var defaults = Directory.GetFiles(directory, DefaultsFile, SearchOption.AllDirectories).FirstOrDefault();
        var named = defaults is null ? null : Parse(defaults)?["template"]?.ToObject<string>();
        return Path.GetFullPath(string.IsNullOrEmpty(named)
            ? Path.Combine(directory, "serverless.template")
            : Path.Combine(Path.GetDirectoryName(defaults)!, named));
    }

    private static JObject? Parse(string defaults)
    {
        try
        {
            return JObject.Parse(File.ReadAllText(defaults));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes));
        return reader.ReadToEnd();
    }

    private static string RelativePath(string from, string to)
    {
        var source = Segments(from);
        var target = Segments(to);
        var common = source.Zip(target, (left, right) => left == right).TakeWhile(same => same).Count();
        var path = string.Join("/", source.Skip(common).Select(_ => "..").Concat(target.Skip(common)));
        return path.Length == 0 ? "." : path;
    }

    private static string[] Segments(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
