using Weir.Values;

namespace Weir.Flux;

/// <summary>How the health of a kind is judged, in CEL.</summary>
public sealed record HealthCheckExpression
{
    /// <summary>The API version of the kind judged.</summary>
    public string ApiVersion { get; init; } = "";

    /// <summary>True when the object has reached what was asked of it.</summary>
    public string Current { get; init; } = "";

    /// <summary>True when the object will not get there.</summary>
    public string? Failed { get; init; }

    /// <summary>True while the object is on its way.</summary>
    public string? InProgress { get; init; }

    /// <summary>The kind judged; every kind of the API version when absent.</summary>
    public string? Kind { get; init; }

    internal static HealthCheckExpression ReadFields(FieldReader f) => new()
    {
        ApiVersion = f.String("apiVersion", "The API version of the kind judged.", FieldRules.Required) ?? "",
        Current = f.String("current", "True when the object has reached what was asked of it.", FieldRules.Required) ?? "",
        Failed = f.String("failed", "True when the object will not get there."),
        InProgress = f.String("inProgress", "True while the object is on its way."),
        Kind = f.String("kind", "The kind judged; every kind of the API version when absent."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("apiVersion", ApiVersion)
        .Add("current", Current)
        .Add("failed", Failed)
        .Add("inProgress", InProgress)
        .Add("kind", Kind)
        .Map;
}
