using System.Collections.Immutable;
using Weir.Kubernetes;

namespace Weir.Kustomize.FieldSpecs;

/// <summary>The fields that hold names of objects of one kind.</summary>
internal sealed record NameReference(GroupVersionKind Target, ImmutableArray<FieldSpec> Referrers);
