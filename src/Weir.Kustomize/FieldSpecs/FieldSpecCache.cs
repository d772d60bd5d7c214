using System.Collections.Immutable;
using Weir.Kubernetes;

namespace Weir.Kustomize.FieldSpecs;

/// <summary>The fields of a list that apply to a kind, found once a kind.</summary>
internal sealed class FieldSpecCache(ImmutableArray<FieldSpec> specs)
{
    private readonly Dictionary<GroupVersionKind, FieldSpec[]> _byKind = [];

    public FieldSpec[] For(GroupVersionKind kind)
    {
        if (!_byKind.TryGetValue(kind, out var found))
        {
            _byKind[kind] = found = [.. specs.Where(s => s.AppliesTo(kind))];
        }

        return found;
    }
}
