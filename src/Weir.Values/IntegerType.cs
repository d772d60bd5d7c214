namespace Weir.Values;

/// <summary>Go's integer types: charts see them in <c>typeOf</c>, <c>printf "%T"</c> and argument checks.</summary>
public enum IntegerType
{
    Int64,
    Int,
    Int32,
    Int16,
    Int8,
    UInt64,
    UInt,
    UInt32,
    UInt16,
    UInt8,
}
