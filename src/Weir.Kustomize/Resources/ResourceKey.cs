using Weir.Kubernetes;

namespace Weir.Kustomize.Resources;

/// <summary>The parts of an id that decide equality, for lookups.</summary>
internal readonly record struct ResourceKey(GroupVersionKind Gvk, string Name, string EffectiveNamespace);
