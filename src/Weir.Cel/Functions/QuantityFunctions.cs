using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>Resource quantities.</summary>
internal static class QuantityFunctions
{
    private static readonly CelType Type = CelQuantity.QuantityType;

    public static CelFunction[] All { get; } =
    [
        new("quantity", Global("string_to_quantity", [CelType.String], Type, a =>
            Quantity.TryParse(((StringValue)a[0]).Value, out var quantity, out var error) ? new CelQuantity(quantity) : new CelError(error))),
        new("isQuantity", Global("is_quantity_string", [CelType.String], CelType.Bool, a => BoolValue.Of(Quantity.TryParse(((StringValue)a[0]).Value, out _, out _)))),
        new("sign", Global("quantity_sign", [Type], CelType.Int, a => new IntValue(Of(a[0]).Sign))),
        new("isGreaterThan", Member("quantity_is_greater_than", [Type, Type], CelType.Bool, a => BoolValue.Of(Of(a[0]) > Of(a[1])))),
        new("isLessThan", Member("quantity_is_less_than", [Type, Type], CelType.Bool, a => BoolValue.Of(Of(a[0]) < Of(a[1])))),
        new("compareTo", Member("quantity_compare_to", [Type, Type], CelType.Int, a => new IntValue(Of(a[0]).CompareTo(Of(a[1]))))),
        new("asApproximateFloat", Member("quantity_get_float", [Type], CelType.Double, a => new FloatValue(Of(a[0]).ToDouble()))),
        new("asInteger", Member("quantity_get_int", [Type], CelType.Int, a =>
            Of(a[0]).TryGetInteger(out var whole) ? new IntValue(whole) : new CelError("cannot convert value to integer"))),
        new("isInteger", Member("quantity_is_integer", [Type], CelType.Bool, a => BoolValue.Of(Of(a[0]).TryGetInteger(out _)))),
        new(
            "add",
            Member("quantity_add", [Type, Type], Type, a => new CelQuantity(Of(a[0]) + Of(a[1]))),
            Member("quantity_add_int", [Type, CelType.Int], Type, a => new CelQuantity(Of(a[0]) + Whole(a[1])))),
        new(
            "sub",
            Member("quantity_sub", [Type, Type], Type, a => new CelQuantity(Of(a[0]) - Of(a[1]))),
            Member("quantity_sub_int", [Type, CelType.Int], Type, a => new CelQuantity(Of(a[0]) - Whole(a[1])))),
    ];

    private static Quantity Of(Value value) => ((CelQuantity)value).Quantity;

    private static Quantity Whole(Value value) => Quantity.Of(((IntValue)value).Value, QuantityFormat.DecimalExponent);
}
