using Weir.Values;

namespace Weir.Helm;

/// <summary>The few fields of a document that Helm reads, with its leniency: numbers pass for text, nulls for nothing.</summary>
internal sealed record ManifestHead(string Kind, string Name, IReadOnlyDictionary<string, string>? Annotations)
{
    /// <summary>The head of a document, and in Go's words what keeps Helm from reading it.</summary>
    public static (ManifestHead Head, string? Error) Read(Value document)
    {
        if (document is NullValue)
        {
            return (new ManifestHead("", "", null), null);
        }

        if (document is not MapValue map)
        {
            return (new ManifestHead("", "", null), $"json: cannot unmarshal {StructReader.JsonKind(document)} into Go value of type util.SimpleHead");
        }

        var root = new StructReader("SimpleHead");
        var inner = new StructReader("");
        root.Text(map, "apiVersion");
        var kind = root.Text(map, "kind");
        var (name, annotations) = ("", (IReadOnlyDictionary<string, string>?)null);
        switch (StructReader.Find(map, "metadata"))
        {
            case null or NullValue:
                break;
            case MapValue metadata:
                name = inner.Text(metadata, "name", path: "metadata");
                annotations = inner.TextMap(metadata, "annotations", null, "metadata");
                break;
            case var other:
                root.Fail(other, "metadata", "struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string \"json:\\\"annotations\\\"\" }");
                break;
        }

        return (new ManifestHead(kind, name, annotations), root.Error ?? inner.Error);
    }
}
