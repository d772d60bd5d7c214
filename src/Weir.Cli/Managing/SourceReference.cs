using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Cli.Managing;

/// <summary>Where the artifact of a Flux object comes from.</summary>
internal sealed record SourceReference(string Kind, string Namespace, string Name)
{
    /// <summary>The reference of a Kustomization, a HelmRelease or a HelmChart; <see langword="null"/> for a kind without one.</summary>
    public static SourceReference? Of(MapValue value)
    {
        var spec = value.GetMap("spec");
        var reference = spec?.GetMap("sourceRef") ?? spec?.GetMap("chartRef") ?? spec?.GetMap("chart")?.GetMap("spec")?.GetMap("sourceRef");
        return reference?.GetString("kind") is { } kind && reference.GetString("name") is { } name
            ? new(kind, reference.GetString("namespace") is { Length: > 0 } space ? space : value.Namespace(), name)
            : null;
    }

    /// <summary><c>Kind/namespace/name</c>.</summary>
    public override string ToString() => $"{Kind}/{Namespace}/{Name}";
}
