namespace Weir.Fleet;

/// <summary>What a diff amounts to, from good to bad; the numbers are the exit codes of <c>weir diff</c>.</summary>
public enum ReportVerdict
{
    Unchanged = 0,
    Changed = 1,

    /// <summary>There are findings at or above the severity that was asked for.</summary>
    Findings = 2,

    /// <summary>Something of the new side cannot be rendered.</summary>
    Broken = 3,
}
