using System.Collections.Immutable;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>Sets entries of maps of strings: what labels and annotations have in common.</summary>
internal static class EntrySetter
{
    public static void SetAll(ResourceList resources, SortedDictionary<string, string> entries, ImmutableArray<FieldSpec> fields)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var cache = new FieldSpecCache(fields);
        foreach (var resource in resources)
        {
            foreach (var (key, text) in entries)
            {
                // One node for all maps of the object, as in kustomize: who later writes to one of them writes to all.
                var node = new WrittenScalar(text, ScalarTag.String);
                foreach (var field in cache.For(resource.Gvk))
                {
                    new FieldSpecWalk(field, NodeKind.Map, slot => Set(resource, slot, key, node)).Visit(resource);
                }
            }
        }
    }

    private static void Set(Resource resource, Slot slot, string key, WrittenScalar node)
    {
        switch (slot.Value)
        {
            case MapValue map:
                if (!map.ContainsKey(key))
                {
                    resource.NoteKey(map, key);
                }

                Node.SetField(map, key, node);
                break;
            case var other when !Scalar.IsNull(other):
                throw Node.WrongKind("MappingNode", other);
        }
    }
}
