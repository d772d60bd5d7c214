namespace Weir.Cel;

/// <summary>How lists of a schema compare and add: <c>x-kubernetes-list-type</c>.</summary>
public enum CelListOrder
{
    /// <summary>Item by item.</summary>
    Ordered,

    /// <summary>Without order or repetition.</summary>
    Set,

    /// <summary>Items are told apart by their key fields; without order.</summary>
    ByKeys,
}
