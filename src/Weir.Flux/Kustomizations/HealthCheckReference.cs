using Weir.Values;

namespace Weir.Flux;

/// <summary>An object whose health is waited for.</summary>
public sealed record HealthCheckReference
{
    /// <summary>The API version of the object; apps/v1 when absent.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The kind of the object.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The name of the object.</summary>
    public string Name { get; init; } = "";

    /// <summary>The namespace of the object; that of this object when absent.</summary>
    public string? Namespace { get; init; }

    internal static HealthCheckReference ReadFields(FieldReader f) => new()
    {
        ApiVersion = f.String("apiVersion", "The API version of the object; apps/v1 when absent."),
        Kind = f.String("kind", "The kind of the object.", FieldRules.Required) ?? "",
        Name = f.String("name", "The name of the object.", FieldRules.Required) ?? "",
        Namespace = f.String("namespace", "The namespace of the object; that of this object when absent."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("apiVersion", ApiVersion)
        .Add("kind", Kind)
        .Add("name", Name)
        .Add("namespace", Namespace)
        .Map;
}
