namespace Weir.Values;

/// <summary>How a quantity was written, and is written again.</summary>
public enum QuantityFormat
{
    /// <summary><c>1500m</c>, <c>12k</c>.</summary>
    DecimalSI,

    /// <summary><c>2Gi</c>.</summary>
    BinarySI,

    /// <summary><c>12e6</c>.</summary>
    DecimalExponent,
}
