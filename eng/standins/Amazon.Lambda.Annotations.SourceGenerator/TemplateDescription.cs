using Newtonsoft.Json.Linq;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>The sentence with the framework's version at the end of the template's description.</summary>
internal static class TemplateDescription
{
    private const string Start = "This template is partially managed by Amazon.Lambda.Annotations";
    private const string End = ").";

    // The official version, whatever the stand-in's: the committed template must not depend on which one is in use.
    private const string Sentence = Start + " (v2.3.0.0" + End;

    // CloudFormation's limit.
    private const int MaxLength = 1024;

    public static void Apply(JObject root, bool withoutVersion)
    {
        var present = (string?)root["Description"];
        var old = present is null ? string.Empty : OldSentence(present);
        if (withoutVersion)
        {
            if (old.Length > 0)
            {
                root["Description"] = present!.Replace(old, string.Empty);
            }

            return;
        }

        var wanted = present switch
        {
            null or "" => Sentence,
            _ when old.Length > 0 => present.Replace(old, Sentence),
            _ => $"{present} {Sentence}",
        };
        if (wanted.Length <= MaxLength)
        {
            root["Description"] = wanted;
        }
    }

    private static string OldSentence(string description)
    {
        var start = description.IndexOf(Start, StringComparison.Ordinal);
        var end = start < 0 ? -1 : description.IndexOf(End, start, StringComparison.Ordinal);
        return end < 0 ? string.Empty : description.Substring(start, end + End.Length - start);
    }
}
