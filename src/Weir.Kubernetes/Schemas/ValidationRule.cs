namespace Weir.Kubernetes;

/// <summary>One <c>x-kubernetes-validations</c> rule, as written; nothing has compiled it yet.</summary>
public sealed record ValidationRule
{
    public required string Rule { get; init; }

    /// <summary>Empty when absent: the rule itself is told.</summary>
    public string Message { get; init; } = "";

    /// <summary>An expression that makes the message; empty when absent.</summary>
    public string MessageExpression { get; init; } = "";

    /// <summary><c>FieldValueInvalid</c> when empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>A path below the schema's value that the error names; empty for the value itself.</summary>
    public string FieldPath { get; init; } = "";

    /// <summary>Whether the rule runs without an old value; <see langword="null"/> when absent.</summary>
    public bool? OptionalOldSelf { get; init; }
}
