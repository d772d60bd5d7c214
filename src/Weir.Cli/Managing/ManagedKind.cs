using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Cli.Managing;

/// <summary>A kind of Flux as its verbs name it on the command line.</summary>
internal sealed record ManagedKind(KindDefinition Definition, string[] Words, string[] Aliases)
{
    public static IReadOnlyList<ManagedKind> Appliers { get; } =
    [
        new(Kustomization.Definition, ["kustomization"], ["ks"]),
        new(HelmRelease.Definition, ["helmrelease"], ["hr"]),
    ];

    public static IReadOnlyList<ManagedKind> Sources { get; } =
    [
        new(GitRepository.Definition, ["source", "git"], []),
        new(OciRepository.Definition, ["source", "oci"], []),
        new(HelmRepository.Definition, ["source", "helm"], []),
        new(HelmChart.Definition, ["source", "chart"], []),
        new(Bucket.Definition, ["source", "bucket"], []),
    ];

    /// <summary>What has no reconciliation of its own to ask for, but can be looked at.</summary>
    public static ManagedKind External { get; } = new(ExternalArtifact.Definition, ["source", "external"], []);

    public static ManagedKind Generator { get; } = new(ArtifactGenerator.Definition, ["artifact", "generator"], []);

    public static IReadOnlyList<ManagedKind> All { get; } = [.. Sources, .. Appliers];

    public GroupVersionKind Kind => Definition.Kind;

    /// <summary>The kind in the words of the command line, such as <c>source git</c>.</summary>
    public string Title => string.Join(' ', Words);

    public static ManagedKind? Find(string kind) =>
        All.FirstOrDefault(k => string.Equals(k.Kind.Kind, kind, StringComparison.OrdinalIgnoreCase)
            || k.Aliases.Contains(kind, StringComparer.OrdinalIgnoreCase)
            || k.Definition.ShortNames.Contains(kind, StringComparer.OrdinalIgnoreCase)
            || string.Equals(k.Definition.Plural, kind, StringComparison.OrdinalIgnoreCase));

    /// <summary>What a reconciliation that went well brought.</summary>
    public string Success(MapValue value)
    {
        var status = value.GetMap("status");
        if (Kind == HelmRepository.Kind && value.GetMap("spec")?.GetString("type") == "oci")
        {
            return "Helm repository is Ready";
        }

        var isApplier = Words[0] != "source";
        var revision = isApplier
            ? status?.GetString("lastAppliedRevision")
                ?? (status?.GetList("history") is { Count: > 0 } history ? (history[0] as MapValue)?.GetString("chartVersion") : status?.GetString("lastAttemptedRevision"))
            : status?.GetMap("artifact")?.GetString("revision");
        return $"{(isApplier ? "applied" : "fetched")} revision {revision}";
    }
}
