namespace Weir.GoTemplate;

/// <summary>What a key yields that a map does not have: Go's option <c>missingkey</c>.</summary>
public enum MissingKey
{
    /// <summary>No value at all, printed <c>&lt;no value&gt;</c>.</summary>
    Default,

    /// <summary>The zero value of the map's element type: what Helm uses.</summary>
    Zero,

    /// <summary>An error: what Helm's strict mode uses.</summary>
    Error,
}
