using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.FieldSpecs;

/// <summary>
/// Visits the fields that a spec names in one object. Lists on the way are walked item by item; a spec with
/// <c>create</c> makes what is absent, unless the absent part is a list.
/// </summary>
internal readonly struct FieldSpecWalk(FieldSpec spec, NodeKind createKind, Action<Slot> set)
{
    public void Visit(Resource resource)
    {
        try
        {
            if (spec.Parts.Length > 0)
            {
                Visit(resource.Object, 0);
            }
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap($"considering field '{spec.Path}' of object {resource.CurrentId}").At(resource.Object.Span);
        }
    }

    private void Visit(Value node, int at)
    {
        switch (node)
        {
            case MapValue map:
                VisitMap(map, at);
                break;
            case ListValue list:
                VisitList(list, at);
                break;
            default:
                if (!Scalar.IsNull(node))
                {
                    throw new BuildFailure("expected sequence or mapping node", node.Span) { Code = "kustomize-field-path" };
                }

                break;
        }
    }

    private void VisitList(ListValue list, int at)
    {
        try
        {
            for (var i = 0; i < list.Count; i++)
            {
                Visit(list[i], at);
            }
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap($"visit traversal on path: [{string.Join(' ', spec.Parts.AsSpan(at))}]");
        }
    }

    private void VisitMap(MapValue map, int at)
    {
        var part = spec.Parts[at];
        var isList = part.EndsWith("[]", StringComparison.Ordinal);
        var name = isList ? part[..^2] : part;
        if (name.Length == 0)
        {
            throw new BuildFailure("cannot set or create an empty field name") { Code = "kustomize-field-path" };
        }

        var isLast = at == spec.Parts.Length - 1;
        var kind = NodeKind.None;
        Slot? found;
        if (!spec.Create || createKind == NodeKind.None || isList)
        {
            found = map.ContainsKey(name) ? Slot.Field(map, name) : NeedsLookup(name) ? NodeLookup.FindSlot(map, name) : null;
            kind = isList ? NodeKind.List : NodeKind.None;
        }
        else
        {
            kind = isLast ? createKind : NodeKind.Map;
            found = map.ContainsKey(name) ? Slot.Field(map, name) : NodeLookup.FindOrCreate(map, kind, name);
        }

        if (found is not { } slot)
        {
            return;
        }

        if (kind != NodeKind.None && Scalar.IsNull(slot.Value))
        {
            slot.Value = kind == NodeKind.Scalar
                ? new WrittenScalar(Scalar.Text(slot.Value), ScalarTag.String)
                : NodeLookup.Make(kind);
        }

        if (isLast)
        {
            set(slot);
            return;
        }

        Visit(slot.Value, at + 1);
    }

    private static bool NeedsLookup(string name) => FieldPath.TryIndex(name, out _) || name is "-" or "*" || FieldPath.IsItemMatch(name) || name != name.Trim();
}
