using System.Text.RegularExpressions;
using Weir.Kustomize.Nodes;
using Weir.Values;

namespace Weir.Kustomize.Resources;

/// <summary>Reads the objects of a file: its documents, with lists of objects taken apart.</summary>
internal sealed partial class ResourceReader(BuildContext context)
{
    /// <summary>The objects of a text. One without kind or name is a failure.</summary>
    public List<Resource> Read(string text, string? file)
    {
        var nodes = ReadNodes(text, file);
        var result = new List<Resource>(nodes.Count);
        foreach (var node in nodes)
        {
            result.Add(Make(node));
        }

        return result;
    }

    /// <summary>A resource of one object, with the marks that kustomize itself may have left on it.</summary>
    public Resource Make(MapValue node)
    {
        var resource = new Resource(node, context.Schema);
        if (node["metadata"] is MapValue metadata && metadata["annotations"] is MapValue annotations)
        {
            resource.NeedsHash = Scalar.Text(annotations["internal.config.kubernetes.io/needsHashSuffix"]) == "enabled";
            resource.IsHelmGenerated = Scalar.Text(annotations["internal.config.kubernetes.io/helm-generated"]) == "true";
        }

        return resource;
    }

    private static List<MapValue> ReadNodes(string text, string? file)
    {
        text = text.Contains("\r\n", StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : text;
        var count = CountDocuments(text);
        var documents = NodeReader.ReadStream(text, file);
        var queue = new List<Value>();
        foreach (var document in documents)
        {
            if (Scalar.IsNull(document))
            {
                continue;
            }

            if (count == 1 && document is MapValue map && Scalar.Text(map["kind"]) is "ResourceList" or "List"
                && ((MapValue)document).ContainsKey("items"))
            {
                queue.AddRange(((MapValue)document)["items"] as ListValue ?? []);
                continue;
            }

            queue.Add(document);
        }

        return Flatten(Validated(queue));
    }

    /// <summary>How many documents kyaml splits the text into; a separator followed by content is a failure.</summary>
    private static int CountDocuments(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        var count = 1;
        if (!text.Contains("\n---", StringComparison.Ordinal))
        {
            return count;
        }

        foreach (var match in Separator().EnumerateMatches(text))
        {
            var rest = text.AsSpan(match.Index, match.Length)[4..].Trim();
            if (rest.Length > 0 && rest[0] != '#')
            {
                throw new BuildFailure($"invalid document separator: {text.AsSpan(match.Index, match.Length).Trim()}")
                {
                    Code = "kustomize-document-separator",
                };
            }

            count++;
        }

        return count;
    }

    private static List<MapValue> Validated(IEnumerable<Value> nodes)
    {
        var result = new List<MapValue>();
        foreach (var node in nodes)
        {
            if (Node.IsNilOrEmpty(node))
            {
                continue;
            }

            Validate(node);
            result.Add((MapValue)node);
        }

        return result;
    }

    private static void Validate(Value node)
    {
        var map = node as MapValue;
        var kind = Scalar.Text(map?["kind"]);
        var metadata = map?["metadata"] as MapValue;
        if (map is null || (kind.Length == 0 && Scalar.Text(map["apiVersion"]).Length == 0 && Node.IsNilOrEmpty(metadata)))
        {
            throw Invalid("missing Resource metadata", node, "kustomize-no-metadata", "every document must be a Kubernetes object");
        }

        if (kind.Length == 0)
        {
            throw Invalid($"missing kind in object {Describe(map, metadata)}", node, "kustomize-no-kind", "every object needs apiVersion, kind and metadata.name");
        }

        if (!kind.EndsWith("List", StringComparison.Ordinal) && (metadata is null || Scalar.IsMissingOrNull(metadata["name"]) || Scalar.Text(metadata["name"]).Length == 0))
        {
            throw Invalid($"missing metadata.name in object {Describe(map, metadata)}", node, "kustomize-no-name", "every object needs metadata.name");
        }
    }

    private static BuildFailure Invalid(string message, Value node, string code, string hint) => new(message, node.Span, hint) { Code = code };

    /// <summary>An object's identity as Go prints the struct that holds it.</summary>
    private static string Describe(MapValue map, MapValue? metadata) =>
        $"{{{{{Scalar.Text(map["apiVersion"])} {Scalar.Text(map["kind"])}}} {{{{{Scalar.Text(metadata?["name"])} {Scalar.Text(metadata?["namespace"])}}} {Describe(metadata?["labels"])} {Describe(metadata?["annotations"])}}}}}";

    private static string Describe(Value? value) => value is MapValue map
        ? $"map[{string.Join(' ', map.Keys.Order(GoString.Comparer).Select(k => $"{k}:{Scalar.Text(map[k])}"))}]"
        : "map[]";

    private static List<MapValue> Flatten(List<MapValue> nodes)
    {
        if (!nodes.Exists(n => Scalar.Text(n["kind"]).EndsWith("List", StringComparison.Ordinal)))
        {
            return nodes;
        }

        var result = new List<MapValue>();
        var queue = new Queue<MapValue>(nodes);
        while (queue.TryDequeue(out var node))
        {
            var kind = Scalar.Text(node["kind"]);
            if (!kind.EndsWith("List", StringComparison.Ordinal) || !node.TryGetValue("items", out var items))
            {
                result.Add(node);
                continue;
            }

            if (Scalar.IsNull(items))
            {
                continue;
            }

            if (items is not ListValue list)
            {
                throw new BuildFailure($"expected array in {kind}/items, but found {GoType(items)}", items.Span) { Code = "kustomize-wrong-type" };
            }

            // The items go through JSON, so that they are settled here.
            NodeSettling.Settle(list);
            foreach (var item in Validated(list))
            {
                queue.Enqueue(item);
            }
        }

        return result;
    }

    private static string GoType(Value value) => value switch
    {
        MapValue => "map[string]interface {}",
        StringValue => "string",
        BoolValue => "bool",
        _ => "int",
    };

    [GeneratedRegex("\n---.*\n", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();
}
