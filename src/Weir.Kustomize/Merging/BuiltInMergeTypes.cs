namespace Weir.Kustomize.Merging;

/// <summary>The merge keys of the kinds of Kubernetes 1.21, which kustomize 5 embeds. Later kinds and fields replace their lists.</summary>
internal static class BuiltInMergeTypes
{
    private static readonly Lazy<Dictionary<(string ApiVersion, string Kind), MergeType>> Types = new(Read);

    /// <summary>The type of a kind, or nothing for kinds that are not built in.</summary>
    public static MergeType? Find(string apiVersion, string kind) => Types.Value.GetValueOrDefault((apiVersion, kind));

    private static Dictionary<(string ApiVersion, string Kind), MergeType> Read()
    {
        using var stream = typeof(BuiltInMergeTypes).Assembly.GetManifestResourceStream("merge-keys-1.21.txt")
            ?? throw new InvalidOperationException("The table of merge keys is not embedded.");
        using var reader = new StreamReader(stream);
        var kinds = new Dictionary<(string, string), MergeType>();
        var types = new Dictionary<string, MergeType>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split(' ');
            if (words[0] == "kind")
            {
                kinds[(words[1], words[2])] = Named(types, words[3]);
            }
            else if (words[0] == "type")
            {
                var type = Named(types, words[1]);
                foreach (var word in words.AsSpan(2))
                {
                    AddField(types, type, word);
                }
            }
        }

        return kinds;
    }

    private static void AddField(Dictionary<string, MergeType> types, MergeType type, string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = word[..equals];
        var rest = word[(equals + 1)..];
        var mark = rest.IndexOf('!', StringComparison.Ordinal);
        var target = mark < 0 ? rest : rest[..mark];
        if (name.EndsWith("[]", StringComparison.Ordinal))
        {
            var keys = mark < 0 || mark == rest.Length - 1 ? [] : rest[(mark + 1)..].Split(',');
            type.Fields[name[..^2]] = new MergeType
            {
                IsMergingList = mark >= 0,
                Keys = keys,
                Items = target.Length == 0 ? MergeType.Opaque : Named(types, target),
            };
        }
        else if (name.EndsWith("{}", StringComparison.Ordinal))
        {
            type.Fields[name[..^2]] = new MergeType { AnyField = Named(types, target) };
        }
        else
        {
            type.Fields[name] = Named(types, target);
        }
    }

    private static MergeType Named(Dictionary<string, MergeType> types, string name)
    {
        if (!types.TryGetValue(name, out var type))
        {
            types[name] = type = new MergeType();
        }

        return type;
    }
}
