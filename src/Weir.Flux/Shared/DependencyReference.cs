using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>An object that must be ready first.</summary>
public sealed record DependencyReference
{
    private static readonly FieldRules KindRules = new() { OneOf = ["Kustomization", "HelmRelease"] };

    /// <summary>The API version of the object; that of its kind when absent.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The kind of the object: Kustomization or HelmRelease; that of this object when absent.</summary>
    public string? Kind { get; init; }

    /// <summary>The name of the object that must be ready first.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its namespace; that of this object when absent.</summary>
    public string? Namespace { get; init; }

    /// <summary>A CEL expression over self and dep that says when the dependency is ready, instead of the built-in check.</summary>
    public string? ReadyExpr { get; init; }

    /// <summary>The kind that is meant in an object of this kind.</summary>
    public GroupVersionKind KindIn(GroupVersionKind own) => Kind switch
    {
        "Kustomization" => Kustomization.Kind,
        "HelmRelease" => HelmRelease.Kind,
        _ => own,
    };

    internal static DependencyReference ReadFields(FieldReader f) => new()
    {
        ApiVersion = f.String("apiVersion", "The API version of the object; that of its kind when absent."),
        Kind = f.String("kind", "The kind of the object: Kustomization or HelmRelease; that of this object when absent.", KindRules),
        Name = f.String("name", "The name of the object that must be ready first.", FieldRules.Required) ?? "",
        Namespace = f.String("namespace", "Its namespace; that of this object when absent."),
        ReadyExpr = f.String("readyExpr", "A CEL expression over self and dep that says when the dependency is ready, instead of the built-in check."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("apiVersion", ApiVersion)
        .Add("kind", Kind)
        .Add("name", Name)
        .Add("namespace", Namespace)
        .Add("readyExpr", ReadyExpr)
        .Map;
}
