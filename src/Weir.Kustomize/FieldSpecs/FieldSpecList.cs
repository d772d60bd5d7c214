using System.Collections.Immutable;
using Weir.Kustomize.Resources;

namespace Weir.Kustomize.FieldSpecs;

/// <summary>Merging and ordering of lists of fields. Lists never change; merging answers a new one.</summary>
internal static class FieldSpecList
{
    /// <summary>Both lists, without what stands twice. The same field with another <c>create</c> is a failure.</summary>
    public static ImmutableArray<FieldSpec> MergeAll(this ImmutableArray<FieldSpec> specs, ImmutableArray<FieldSpec> incoming)
    {
        if (incoming.IsEmpty || specs.Equals(incoming))
        {
            return specs;
        }

        var result = specs.ToBuilder();
        foreach (var spec in incoming)
        {
            MergeOne(result, spec);
        }

        return result.DrainToImmutable();
    }

    /// <summary>The list with one more field, unless it has it.</summary>
    public static ImmutableArray<FieldSpec> MergeOne(this ImmutableArray<FieldSpec> specs, FieldSpec spec) => specs.MergeAll([spec]);

    /// <summary>The fields in the order of their kinds.</summary>
    public static ImmutableArray<FieldSpec> Sorted(this ImmutableArray<FieldSpec> specs) =>
        specs.Length < 2 ? specs : [.. specs.OrderBy(s => s.Gvk, KindOrder.Default)];

    private static void MergeOne(ImmutableArray<FieldSpec>.Builder result, FieldSpec spec)
    {
        foreach (var known in result)
        {
            if (known.Covers(spec))
            {
                if (known.Create != spec.Create)
                {
                    throw new BuildFailure("conflicting fieldspecs") { Code = "kustomize-conflicting-fieldspecs" };
                }

                return;
            }
        }

        result.Add(spec);
    }
}
