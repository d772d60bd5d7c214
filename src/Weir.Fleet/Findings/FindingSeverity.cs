namespace Weir.Fleet;

/// <summary>How bad it can get.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Look at it before merging.</summary>
    Warning,

    /// <summary>It will fail, or lose data or protection.</summary>
    Error,
}
