using System.Collections.Immutable;
using Weir.Kubernetes;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Transformers;

/// <summary>Corrects the fields that name objects whose names have changed.</summary>
internal sealed class NameReferenceTransformer(ImmutableArray<NameReference> references) : Transformer
{
    private readonly Dictionary<GroupVersionKind, List<(FieldSpec Field, GroupVersionKind Target)>> _byKind = [];

    public override string Kind => "NameReferenceTransformer";

    public override void Transform(ResourceList resources)
    {
        var candidates = new ReferenceCandidates(resources);
        foreach (var resource in resources)
        {
            var fields = For(resource.OriginalId.Gvk);
            if (fields.Count == 0)
            {
                continue;
            }

            var referrer = new Referrer(resource);
            foreach (var (field, target) in fields)
            {
                try
                {
                    new FieldSpecWalk(field, NodeKind.None, slot => Set(slot, referrer, field, target, candidates)).Visit(resource);
                }
                catch (BuildFailure failure)
                {
                    throw failure.Wrap($"updating name reference in '{field.Path}' field of '{resource.CurrentId}'");
                }
            }
        }
    }

    private List<(FieldSpec Field, GroupVersionKind Target)> For(GroupVersionKind kind)
    {
        if (_byKind.TryGetValue(kind, out var found))
        {
            return found;
        }

        _byKind[kind] = found = [];
        foreach (var reference in references)
        {
            foreach (var field in reference.Referrers)
            {
                if (field.AppliesTo(kind))
                {
                    found.Add((field, reference.Target));
                }
            }
        }

        return found;
    }

    private static void Set(Slot slot, Referrer referrer, FieldSpec field, GroupVersionKind target, ReferenceCandidates candidates)
    {
        switch (slot.Value)
        {
            case MapValue map:
                SetMap(map, referrer, field, target, candidates);
                break;
            case ListValue list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is ListValue)
                    {
                        throw new BuildFailure("a list is expected to be either a string or a map of string", list[i].Span);
                    }

                    Set(Slot.Item(list, i), referrer, field, target, candidates);
                }

                break;
            case var scalar when !Scalar.IsNull(scalar):
                SetScalar(slot, referrer, field, target, candidates);
                break;
        }
    }

    private static void SetScalar(Slot slot, Referrer referrer, FieldSpec field, GroupVersionKind target, ReferenceCandidates candidates)
    {
        var name = Scalar.Text(slot.Value);
        var found = Choose(candidates.Named(name, referrer), referrer, field, target, withNamespace: false);
        if (found is not null && found.Name != name)
        {
            slot.Value = Scalar.Overwrite(slot.Value, found.Name, ScalarTag.Undecided);
        }
    }

    /// <summary>The field holds a map with <c>name</c> and perhaps <c>namespace</c>, both of which are corrected.</summary>
    private static void SetMap(MapValue map, Referrer referrer, FieldSpec field, GroupVersionKind target, ReferenceCandidates candidates)
    {
        if (map["name"] is not { } name)
        {
            throw new BuildFailure("path config error; no 'name' field in node", map.Span) { Code = "kustomize-name-reference" };
        }

        var text = Scalar.Text(name);
        var named = map["namespace"] is { } space
            ? candidates.NamedIn(text, Scalar.Text(space), referrer)
            : candidates.Named(text, referrer);
        var found = Choose(named, referrer, field, target, withNamespace: true);
        if (found is null || (found.Name == text && found.Namespace.Length == 0))
        {
            return;
        }

        Node.SetText(map, "name", found.Name);
        if (found.Namespace.Length > 0)
        {
            Node.SetText(map, "namespace", found.Namespace);
        }
    }

    private static Resource? Choose(
        List<Resource> candidates, Referrer referrer, FieldSpec field, GroupVersionKind target, bool withNamespace)
    {
        candidates.RemoveAll(c => !HadKind(c, target));
        if (field.Path.EndsWith("roleRef/name", StringComparison.Ordinal) && referrer.RoleRef is { } roleRef)
        {
            candidates.RemoveAll(c => !HadKind(c, roleRef));
        }

        if (!referrer.Id.IsClusterScoped)
        {
            candidates.RemoveAll(c => !c.IsClusterScoped && c.Kind != "ServiceAccount" && !referrer.Id.HasNamespaceOf(c.CurrentId));
        }

        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        candidates.RemoveAll(c => !HasSameAffixes(c, referrer.Resource, allowEmpty: true));
        if (candidates.Count > 1)
        {
            candidates.RemoveAll(c => !HasSameAffixes(c, referrer.Resource, allowEmpty: false));
        }

        if (candidates.Count <= 1)
        {
            return candidates.Count == 1 ? candidates[0] : null;
        }

        var first = candidates[0];
        return candidates.TrueForAll(c => c.Name == first.Name && (!withNamespace || c.Namespace == first.Namespace))
            ? first
            : throw Ambiguous(candidates, referrer);
    }

    private static BuildFailure Ambiguous(List<Resource> candidates, Referrer referrer)
    {
        var details = string.Concat(candidates.Select((c, i) => $"--- possible referral {i}:\n{Write(c)}\n"));
        return new BuildFailure(
            $"found multiple possible referrals: {string.Join(", ", candidates.Select(c => c.CurrentId))}\n\n**** Too many possible referral targets to referrer:\n{Write(referrer.Resource)}\n{details}",
            referrer.Resource.Object.Span)
        {
            Code = "kustomize-name-reference",
        };
    }

    private static string Write(Resource resource) => resource.Kind == "Secret"
        ? $"{resource.CurrentId}\n"
        : YamlWriter.Write(NodeSettling.ToPlainCopy(resource.Object));

    private static bool HadKind(Resource resource, GroupVersionKind selector)
    {
        foreach (var previous in resource.Previous)
        {
            if (resource.ToId(previous).Gvk.IsSelectedBy(selector))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasSameAffixes(Resource left, Resource right, bool allowEmpty) =>
        HasSameEnd(left.Prefixes, right.Prefixes, allowEmpty) && HasSameEnd(left.Suffixes, right.Suffixes, allowEmpty);

    private static bool HasSameEnd(List<string> left, List<string> right, bool allowEmpty)
    {
        var (shorter, longer) = left.Count > right.Count ? (right, left) : (left, right);
        if (shorter.Count == 0)
        {
            return allowEmpty || longer.Count == 0;
        }

        for (var i = 1; i <= shorter.Count; i++)
        {
            if (shorter[^i] != longer[^i])
            {
                return false;
            }
        }

        return true;
    }
}
