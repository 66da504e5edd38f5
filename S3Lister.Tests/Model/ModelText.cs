using System.Globalization;

namespace S3Lister.Tests.Model;

/// <summary>A case as a C# expression, to be copied into a test.</summary>
internal static class ModelText
{
    public static string Keys(IEnumerable<ModelObject> objects) =>
        $"keys [{string.Join(", ", objects.Select(stored => $"\"{Escape(stored.Key)}\""))}]";

    public static string Escape(string text) => string.Concat((text.Length > 100 ? $"{text[..20]}…({text.Length})" : text).Select(character =>
        character is > ' ' and <= '~' ? character.ToString() : $"\\u{((int)character).ToString("X4", CultureInfo.InvariantCulture)}"));
}
