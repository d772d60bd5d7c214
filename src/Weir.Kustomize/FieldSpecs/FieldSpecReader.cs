using System.Collections.Immutable;
using Weir.Kubernetes;
using Weir.Kustomize.Kustomizations;
using Weir.Values;

namespace Weir.Kustomize.FieldSpecs;

/// <summary>Reads fields that kustomization files name.</summary>
internal static class FieldSpecReader
{
    public static FieldSpec Read(MapValue fields) => new(Kind(fields), fields.Text("path"), fields.Flag("create"));

    public static ImmutableArray<FieldSpec> ReadAll(MapValue fields, string key) => [.. fields.Maps(key).Select(Read)];

    public static GroupVersionKind Kind(MapValue fields) => new(fields.Text("group"), fields.Text("version"), fields.Text("kind"));
}
