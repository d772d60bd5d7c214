using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Helm;

/// <summary>Answers <c>lookup</c> from a set of objects at hand, lists among them included.</summary>
public sealed class ObjectLookup
{
    private readonly List<MapValue> _objects = [];

    public ObjectLookup(IEnumerable<Value> documents)
    {
        foreach (var document in documents.OfType<MapValue>())
        {
            if (document.GetList("items") is { } items && document.GetString("kind")?.EndsWith("List", StringComparison.Ordinal) == true)
            {
                _objects.AddRange(items.OfType<MapValue>());
            }
            else
            {
                _objects.Add(document);
            }
        }
    }

    /// <summary>The object, or a list object when the name is empty; an empty map when no such object is there.</summary>
    public MapValue Find(string apiVersion, string kind, string @namespace, string name)
    {
        var found = _objects.Where(o => o.GetString("apiVersion") == apiVersion && o.GetString("kind") == kind
            && (@namespace.Length == 0 || o.Namespace().Length == 0 || o.Namespace() == @namespace));
        if (name.Length > 0)
        {
            return found.FirstOrDefault(o => o.Name() == name)?.DeepClone() ?? new MapValue();
        }

        return new MapValue
        {
            ["apiVersion"] = apiVersion,
            ["kind"] = kind + "List",
            ["metadata"] = new MapValue { ["resourceVersion"] = "" },
            ["items"] = new ListValue(found.Select(o => o.DeepClone())),
        };
    }
}
