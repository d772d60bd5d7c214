using Weir.Values;

namespace Weir.Fleet;

/// <summary>Collects the images of containers on both sides.</summary>
internal sealed class ImageCount
{
    private readonly SortedDictionary<string, Use> _images = new(StringComparer.Ordinal);

    public void Add(UnitId id, BuiltUnit? before, BuiltUnit? after, SecretTexts secrets)
    {
        var old = Find(before, secrets);
        var current = Find(after, secrets);
        foreach (var image in old.Except(current))
        {
            var use = For(image, id);
            use.Before.Add(TagOf(image));
        }

        foreach (var image in current.Except(old))
        {
            var use = For(image, id);
            use.After.Add(TagOf(image));
        }
    }

    public IReadOnlyList<ImageChange> Changes() =>
        [.. _images.Select(static p => new ImageChange(p.Key, [.. p.Value.Before], [.. p.Value.After], [.. p.Value.Units]))];

    private Use For(string image, UnitId id)
    {
        var name = NameOf(image);
        if (!_images.TryGetValue(name, out var use))
        {
            _images[name] = use = new();
        }

        use.Units.Add(id);
        return use;
    }

    private static HashSet<string> Find(BuiltUnit? unit, SecretTexts secrets)
    {
        var images = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in unit?.Objects ?? [])
        {
            Collect(value, images);
        }

        return [.. images.Select(i => secrets.Hide(new StringValue(i)).Value)];
    }

    private static void Collect(Value? value, HashSet<string> images)
    {
        switch (value)
        {
            case MapValue map:
                foreach (var (key, child) in map)
                {
                    if (key is "containers" or "initContainers" or "ephemeralContainers" && child is ListValue containers)
                    {
                        foreach (var container in containers.OfType<MapValue>())
                        {
                            if (container.GetString("image") is { Length: > 0 } image)
                            {
                                images.Add(image);
                            }
                        }
                    }
                    else
                    {
                        Collect(child, images);
                    }
                }

                break;
            case ListValue list:
                foreach (var item in list)
                {
                    Collect(item, images);
                }

                break;
            default:
                break;
        }
    }

    private static string NameOf(string image) => image[..^(TagOf(image) is { Length: > 0 } tag ? tag.Length + 1 : 0)];

    private static string TagOf(string image)
    {
        var at = image.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            var name = image[..at];
            var colon = name.LastIndexOf(':');
            return colon > name.LastIndexOf('/') ? image[(colon + 1)..] : image[(at + 1)..];
        }

        var last = image.LastIndexOf(':');
        return last > image.LastIndexOf('/') ? image[(last + 1)..] : "";
    }

    private sealed class Use
    {
        public SortedSet<string> Before { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> After { get; } = new(StringComparer.Ordinal);

        public SortedSet<UnitId> Units { get; } = [];
    }
}
