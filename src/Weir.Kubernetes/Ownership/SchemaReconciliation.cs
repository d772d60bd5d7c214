namespace Weir.Kubernetes;

/// <summary>Fits a set that was written under an older schema to the present one: what became atomic is owned as a whole.</summary>
internal static class SchemaReconciliation
{
    public static FieldSet Reconcile(FieldSet set, Schema schema) => Below(set, MergeNode.Root(schema));

    private static FieldSet Below(FieldSet set, MergeNode node)
    {
        FieldSetBuilder? changed = null;
        for (var i = 0; i < set.Children.Length; i++)
        {
            var child = set.Children[i];
            var below = node.Step(child.Element) is { } next ? Child(child.Set, next) : child.Set;
            if (!ReferenceEquals(below, child.Set) && changed is null)
            {
                changed = new(set.Members.Length + 1, set.Children.Length);
                foreach (var member in set.Members)
                {
                    changed.Add(member);
                }

                for (var k = 0; k < i; k++)
                {
                    changed.Add(set.Children[k]);
                }
            }

            if (below is null && !set.HasMember(child.Element))
            {
                changed!.Add(child.Element);
            }
            else if (below is not null)
            {
                changed?.Add(child.Element, below);
            }
        }

        return changed?.ToSet() ?? set;
    }

    /// <summary>The set below a step, or <see langword="null"/> when the step itself is owned instead.</summary>
    private static FieldSet? Child(FieldSet set, MergeNode node) => node.ShapeOf(null) switch
    {
        MergeShape.Map => node.IsDeducedMap ? set : node.IsAtomicMap ? null : Below(set, node),
        MergeShape.List => node.IsAtomicList ? null : Below(set, node),
        _ => set,
    };
}
