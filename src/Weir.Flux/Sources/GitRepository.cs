using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>A Git repository whose content becomes an artifact.</summary>
public sealed record GitRepository
{
    public static GroupVersionKind Kind { get; } = new("source.toolkit.fluxcd.io", "v1", "GitRepository");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "gitrepositories",
        ["gitrepo"],
        "fluxcd-sources",
        [
            new PrinterColumn("URL", ".spec.url"),
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
            new PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            new PrinterColumn("Status", ".status.conditions[?(@.type==\"Ready\")].message"),
        ],
        hasStatus: true,
        () => KindDefinition.ObjectSchema(
            "A Git repository whose content becomes an artifact.",
            FieldReader.Describe(GitRepositorySpec.ReadFields, "What is asked for."),
            FieldReader.Describe(GitRepositoryStatus.ReadFields, "How it stands."),
            hasStatusDefault: true));

    public ObjectMetadata Metadata { get; init; } = new();

    public GitRepositorySpec Spec { get; init; } = new();

    public GitRepositoryStatus Status { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<GitRepository> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(
            value,
            GitRepositorySpec.ReadFields,
            GitRepositoryStatus.ReadFields,
            static (metadata, spec, status) => new GitRepository { Metadata = metadata, Spec = spec, Status = status });
    }

    /// <summary>The object as a plain value, without its status.</summary>
    public MapValue Write() => new()
    {
        ["apiVersion"] = Kind.ApiVersion,
        ["kind"] = Kind.Kind,
        ["metadata"] = Metadata.Write(),
        ["spec"] = Spec.WriteFields(),
    };
}
