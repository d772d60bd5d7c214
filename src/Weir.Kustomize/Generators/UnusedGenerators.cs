using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Generators;

/// <summary>
/// Finds generated ConfigMaps and Secrets that nothing refers to. Only those with a hash in their name: nobody outside of the
/// build can know it. What carries labels or annotations of its own may be found by these, and is left alone.
/// </summary>
internal static class UnusedGenerators
{
    private const int MostSearchedInTexts = 100;

    /// <summary>Remembers where a generated object is written, when nothing but its name can find it.</summary>
    public static void Mark(Resource resource, SourceSpan span)
    {
        if (resource.NeedsHash && resource.Behavior is not ("merge" or "replace")
            && resource.MetadataMap("labels").Count == 0 && resource.MetadataMap("annotations").Count == 0)
        {
            resource.Place = span;
        }
    }

    /// <summary>Warns of every marked object whose name stands nowhere in the result.</summary>
    public static void Tell(BuildContext context, ResourceList resources)
    {
        var open = new Dictionary<string, Resource>(StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            if (resource is { Place.IsKnown: true, NeedsHash: true })
            {
                open[resource.Name] = resource;
            }
        }

        if (open.Count == 0)
        {
            return;
        }

        foreach (var resource in resources)
        {
            foreach (var (key, value) in resource.Object)
            {
                Search(key == "metadata" ? value.At("annotations") : value, open);
            }
        }

        foreach (var resource in open.Values.OrderBy(r => r.Place.Line))
        {
            context.TellUnused(
                "kustomize-unused-generator",
                $"nothing refers to the generated {resource.Kind} '{resource.Name}'",
                resource.Place,
                "refer to it by its name without the hash, turn the hash off, or remove the generator");
        }
    }

    private static void Search(Value? value, Dictionary<string, Resource> open)
    {
        switch (value)
        {
            case MapValue map:
                foreach (var (_, item) in map)
                {
                    Search(item, open);
                }

                break;
            case ListValue list:
                foreach (var item in list)
                {
                    Search(item, open);
                }

                break;
            case StringValue text when !open.Remove(text.Value) && open.Count <= MostSearchedInTexts:
                SearchText(text.Value, open);
                break;
        }
    }

    private static void SearchText(string text, Dictionary<string, Resource> open)
    {
        foreach (var name in open.Keys)
        {
            if (text.Length > name.Length && text.Contains(name, StringComparison.Ordinal))
            {
                open.Remove(name);
            }
        }
    }
}
