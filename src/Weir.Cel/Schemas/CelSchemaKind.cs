namespace Weir.Cel;

/// <summary>What the values that a <see cref="CelSchema"/> describes are.</summary>
public enum CelSchemaKind
{
    /// <summary>A value of any kind that the API server keeps without knowing it; expressions may only compare it.</summary>
    Unknown,
    Object,
    Map,
    List,
    String,

    /// <summary>A text in base64.</summary>
    Bytes,

    /// <summary>A text such as <c>1h30m</c>.</summary>
    Duration,

    /// <summary>A text such as <c>2020-01-31</c>.</summary>
    Date,

    /// <summary>A text as RFC 3339 writes it.</summary>
    DateTime,
    Double,
    Int,
    Bool,

    /// <summary>A whole number or a text.</summary>
    IntOrString,
}
