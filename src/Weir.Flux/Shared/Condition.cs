using Weir.Values;

namespace Weir.Flux;

/// <summary>One aspect of how an object stands.</summary>
public sealed record Condition
{
    private static readonly FieldRules TypeRules = new() { IsRequired = true, Pattern = "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$", MaxLength = 316 };
    private static readonly FieldRules StatusRules = new() { IsRequired = true, OneOf = ["True", "False", "Unknown"] };
    private static readonly FieldRules ReasonRules = new() { IsRequired = true, Pattern = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$", MinLength = 1, MaxLength = 1024 };
    private static readonly FieldRules MessageRules = new() { IsRequired = true, MaxLength = 32768 };

    /// <summary>The aspect.</summary>
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    public string Status { get; init; } = "";

    /// <summary>The generation the condition was set for.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>When the status last changed.</summary>
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>Why, in one word.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why, in a sentence.</summary>
    public string Message { get; init; } = "";

    internal static Condition ReadFields(FieldReader f) => new()
    {
        Type = f.String("type", "The aspect.", TypeRules) ?? "",
        Status = f.String("status", "True, False or Unknown.", StatusRules) ?? "",
        ObservedGeneration = f.Int("observedGeneration", "The generation the condition was set for.", "int64"),
        LastTransitionTime = f.Time("lastTransitionTime", "When the status last changed.", FieldRules.Required),
        Reason = f.String("reason", "Why, in one word.", ReasonRules) ?? "",
        Message = f.String("message", "Why, in a sentence.", MessageRules) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("type", Type)
        .Add("status", Status)
        .Add("observedGeneration", ObservedGeneration)
        .Add("lastTransitionTime", LastTransitionTime)
        .Add("reason", Reason)
        .Add("message", Message)
        .Map;
}
