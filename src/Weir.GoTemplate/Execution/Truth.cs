using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>Go templates' truth: zero, empty and nil are false, every struct is true.</summary>
public static class Truth
{
    public static bool IsTrue(Value? value) => value switch
    {
        null or NullValue => false,
        BoolValue b => b.Value,
        StringValue s => s.Value.Length > 0,
        MapValue m => m.Count > 0,
        ListValue l => l.Count > 0,
        IntValue i => i.Value != 0,
        FloatValue f => f.Value != 0,
        GoObject o => IsTrueObject(o),
        _ => true,
    };

    private static bool IsTrueObject(GoObject value)
    {
        if (value.IsNil)
        {
            return false;
        }

        return value switch
        {
            GoComplex c => c.Value != System.Numerics.Complex.Zero,
            GoMap m => m.Count > 0,
            { Underlying: { } underlying } => IsTrue(underlying),
            _ => true,
        };
    }
}
