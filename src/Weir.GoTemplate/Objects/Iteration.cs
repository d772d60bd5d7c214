namespace Weir.GoTemplate;

/// <summary>How <c>range</c> walks an object that is no plain list or map.</summary>
public enum Iteration
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As a channel or map: a single variable takes the element.</summary>
    Indexed,

    /// <summary>As an <c>iter.Seq</c>: elements only, and no second variable.</summary>
    Single,

    /// <summary>As an <c>iter.Seq2</c>: a single variable takes the first of each pair.</summary>
    Pairs,
}
