namespace Weir.GoTemplate.Tracing;

/// <summary>How much of a place a template looks at.</summary>
public enum TraceUse
{
    /// <summary>The place itself: whether it is set, how many elements it has.</summary>
    Itself,

    /// <summary>The place with everything below it.</summary>
    Whole,
}
