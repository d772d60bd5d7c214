using System.Diagnostics.CodeAnalysis;
using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>Equality of map keys: whole numbers are equal across their types.</summary>
internal sealed class CelKeyComparer : IEqualityComparer<Value>
{
    public static CelKeyComparer Instance { get; } = new();

    public bool Equals(Value? x, Value? y) => x is not null && y is not null && Equality.AreEqual(x, y) is BoolValue { Value: true };

    public int GetHashCode([DisallowNull] Value obj) => obj switch
    {
        IntValue i => ((double)(i.IsUnsigned ? i.UnsignedValue : i.Value)).GetHashCode(),
        FloatValue f => f.Value.GetHashCode(),
        _ => obj.GetHashCode(),
    };
}
