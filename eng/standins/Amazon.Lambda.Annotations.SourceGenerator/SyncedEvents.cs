using Newtonsoft.Json.Linq;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>
/// The function's metadata lists the events, and their properties, that came from attributes. This distinguishes what an
/// attribute no longer has from what was written by hand.
/// </summary>
internal static class SyncedEvents
{
    public static void Apply(JObject metadata, JObject events, string name, List<string> properties)
    {
        foreach (var gone in Names(metadata["SyncedEvents"]).Where(known => known != name))
        {
            events.Remove(gone);
        }

        metadata.Remove("SyncedEvents");
        metadata["SyncedEvents"] = new JArray(name);

        foreach (var gone in Names((metadata["SyncedEventProperties"] as JObject)?[name]).Except(properties))
        {
            // A value that is an object now has the same beginning, and stays.
            if (!properties.Any(property => property.StartsWith(gone, StringComparison.Ordinal)))
            {
                Remove((JObject)events[name]!["Properties"]!, gone.Split('.'));
            }
        }

        metadata.Remove("SyncedEventProperties");
        metadata["SyncedEventProperties"] = new JObject { [name] = new JArray(properties) };
    }

    /// <summary>Removes the events that came from attributes: the function has no route, or no longer one.</summary>
    public static void Remove(JObject metadata, JObject properties)
    {
        foreach (var gone in Names(metadata["SyncedEvents"]))
        {
            (properties["Events"] as JObject)?.Remove(gone);
        }

        metadata.Remove("SyncedEvents");
        metadata.Remove("SyncedEventProperties");
    }

    private static List<string> Names(JToken? list) =>
        list is JArray names ? [.. names.Select(name => (string)name!)] : [];

    // With the objects around it that it leaves empty.
    private static void Remove(JObject parent, ReadOnlySpan<string> path)
    {
        if (path.Length == 1)
        {
            parent.Remove(path[0]);
        }
        else if (parent[path[0]] is JObject child)
        {
            Remove(child, path.Slice(1));
            if (!child.HasValues)
            {
                parent.Remove(path[0]);
            }
        }
    }
}
