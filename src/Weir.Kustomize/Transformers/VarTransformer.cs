using System.Collections.Immutable;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>Replaces <c>$(NAME)</c> by the values of vars.</summary>
internal sealed class VarTransformer(IReadOnlyDictionary<string, Value> values, ImmutableArray<FieldSpec> fields) : Transformer
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public override string Kind => "RefVarTransformer";

    /// <summary>The vars that nothing mentioned.</summary>
    public IEnumerable<string> Unused => values.Keys.Where(v => !_used.Contains(v));

    public override void Transform(ResourceList resources)
    {
        var cache = new FieldSpecCache(fields);
        foreach (var resource in resources)
        {
            foreach (var field in cache.For(resource.Gvk))
            {
                new FieldSpecWalk(field, NodeKind.None, Set).Visit(resource);
            }
        }
    }

    private void Set(Slot slot)
    {
        switch (slot.Value)
        {
            case MapValue map:
                for (var i = 0; i < map.Count; i++)
                {
                    var (key, value) = map.EntryAt(i);
                    if (Scalar.IsString(value))
                    {
                        SetScalar(Slot.Field(map, key));
                    }
                }

                break;
            case ListValue list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (!Scalar.IsString(list[i]))
                    {
                        throw new BuildFailure("invalid value type expect a string", list[i].Span) { Code = "kustomize-var" };
                    }

                    SetScalar(Slot.Item(list, i));
                }

                break;
            case var scalar when Scalar.IsString(scalar):
                SetScalar(slot);
                break;
        }
    }

    private void SetScalar(Slot slot)
    {
        var text = Scalar.Text(slot.Value);
        if (text.Contains('$', StringComparison.Ordinal))
        {
            slot.Value = VarExpansion.Expand(text, Find);
        }
    }

    private Value? Find(string name)
    {
        if (!values.TryGetValue(name, out var value) || value is MapValue or ListValue)
        {
            return null;
        }

        _used.Add(name);
        return value;
    }
}
