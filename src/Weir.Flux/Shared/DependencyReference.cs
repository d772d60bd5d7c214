using Weir.Values;

namespace Weir.Flux;

/// <summary>An object that must be ready first.</summary>
public sealed record DependencyReference
{
    /// <summary>The name of the object that must be ready first.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its namespace; that of this object when absent.</summary>
    public string? Namespace { get; init; }

    /// <summary>A CEL expression over self and dep that says when the dependency is ready, instead of the built-in check.</summary>
    public string? ReadyExpr { get; init; }

    internal static DependencyReference ReadFields(FieldReader f) => new()
    {
        Name = f.String("name", "The name of the object that must be ready first.", FieldRules.Required) ?? "",
        Namespace = f.String("namespace", "Its namespace; that of this object when absent."),
        ReadyExpr = f.String("readyExpr", "A CEL expression over self and dep that says when the dependency is ready, instead of the built-in check."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("name", Name)
        .Add("namespace", Namespace)
        .Add("readyExpr", ReadyExpr)
        .Map;
}
