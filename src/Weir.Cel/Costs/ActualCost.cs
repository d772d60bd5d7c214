using Weir.Cel.Data;
using Weir.Values;

namespace Weir.Cel.Costs;

/// <summary>What calls cost as they run, by cel-go's rules and Kubernetes' for its libraries.</summary>
internal static class ActualCost
{
    public const long List = 10;
    public const long Map = 30;
    public const long Object = 40;
    public const long AuthorizationCheck = 350_000;

    private const double Traversal = 0.1;
    private const double RegexLength = 0.25;

    /// <summary>The cost of comparing two values.</summary>
    public static long OfEquality(Value left, Value right, bool isNegated) =>
        !isNegated && left is CelQuantity or CelAddress or CelNetwork or CelFormat or CelUrl or CelSemanticVersion
            ? 1
            : Up(Math.Min(Sizes.Of(left), Sizes.Of(right)) * Traversal);

    public static long Of(string function, string overload, ReadOnlySpan<Value> values)
    {
        switch (function)
        {
            case "check":
                return AuthorizationCheck;
            case "fieldSelector" or "labelSelector" when values.Length >= 2:
                var selector = Sizes.Of(values[1]);
                return List + Up(selector * Traversal) + Up(Up(selector * 0.5) * 50.0);
            case "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf" when values.Length > 0:
                return Walk(values[0]);
            case "url" or "lowerAscii" or "upperAscii" or "substring" or "trim" or "jsonpatch.escapeKey" or "cidr" or "isIP" or "isCIDR"
                or "quantity" or "isQuantity" or "semver" or "isSemver" when values.Length >= 1:
                return Up(Sizes.Of(values[0]) * Traversal);
            case "ip" when values.Length >= 1:
                return overload == "cidr_ip" ? 1 : Up(Sizes.Of(values[0]) * Traversal);
            case "ip.isCanonical" or "replace" or "split" when values.Length >= 1:
                return Up(Sizes.Of(values[0]) * 2 * Traversal);
            case "join" when values.Length >= 1:
                return Up(Joined(values) * 2.0 * Traversal);
            case "find" or "findAll" when values.Length >= 2:
                return Product(Up((1.0 + Sizes.Of(values[0])) * Traversal), Up(Sizes.Of(values[1]) * RegexLength));
            case "containsIP" when values.Length >= 2:
                return Up(2 * Sizes.Of(values[0]) * Traversal) + (overload == "cidr_contains_ip_string" ? Up(Sizes.Of(values[1]) * Traversal) : 0);
            case "containsCIDR" when values.Length >= 2:
                return Up(2 * Sizes.Of(values[0]) * Traversal) + Up(Sizes.Of(values[0]) * Traversal) + 1
                    + (overload == "cidr_contains_cidr_string" ? Up(Sizes.Of(values[1]) * Traversal) : 0);
            case "validate" when values.Length >= 2 && values[0] is CelFormat format:
                return Product(Up((1.0 + Sizes.Of(values[1])) * Traversal), Up(format.RegexSize * RegexLength));
            default:
                return OfOverload(overload, values);
        }
    }

    private static long OfOverload(string overload, ReadOnlySpan<Value> values)
    {
        switch (overload)
        {
            case "starts_with_string" or "ends_with_string" or "string_to_bytes" or "bytes_to_string" or "strings_quote" or "string_format_list_string":
                return Up(Sizes.Of(values[0]) * Traversal);
            case "in_list":
                return Sizes.Of(values[1]);
            case "less_string" or "greater_string" or "less_equals_string" or "greater_equals_string" or "less_bytes" or "greater_bytes"
                or "less_equals_bytes" or "greater_equals_bytes":
                return Up(Math.Min(Sizes.Of(values[0]), Sizes.Of(values[1])) * Traversal);
            case "add_string" or "add_bytes":
                return Up((Sizes.Of(values[0]) + Sizes.Of(values[1])) * Traversal);
            case "matches_string" or "matches":
                return Product(Up((1.0 + Sizes.Of(values[0])) * Traversal), Up(Sizes.Of(values[1]) * RegexLength));
            case "contains_string":
                return Product(Up(Sizes.Of(values[0]) * Traversal), Up(Sizes.Of(values[1]) * Traversal));
            case "list_slice":
                return Allocating(values[1] is IntValue from && values[2] is IntValue to ? Math.Clamp(to.Value - from.Value, 0, Sizes.Of(values[0])) : 0);
            case "lists_range":
                return Allocating(values[0] is IntValue count ? Math.Max(count.Value, 0) : 0);
            case "list_reverse":
                return Allocating(Sizes.Of(values[0]));
            case "list_flatten":
                return Allocating(Sizes.Of(values[0]));
            case "list_flatten_int":
                return Allocating(Product(Sizes.Of(values[0]), values[1] is IntValue depth ? Math.Max(depth.Value, 0) : 1));
            case "list_distinct":
                return SelfComparing(values[0]);
            case "list_sets_contains_list" or "list_sets_intersects_list":
                return Sum(1, Product(Sizes.Of(values[0]), Sizes.Of(values[1])));
            case "list_sets_equivalent_list":
                return Sum(1, Product(2, Product(Sizes.Of(values[0]), Sizes.Of(values[1]))));
            default:
                return overload.EndsWith("_sort", StringComparison.Ordinal) ? SelfComparing(values[0])
                    : overload.EndsWith("_sortByAssociatedKeys", StringComparison.Ordinal) ? SelfComparing(values[1])
                    : 1;
        }
    }

    private static long Allocating(long size) => Sum(size, 1 + List);

    private static long SelfComparing(Value value)
    {
        var size = Sizes.Of(value);
        var factor = value is IReadOnlyList<Value> { Count: > 0 } list && list[0] is StringValue or CelBytes ? 2 + Traversal : 2;
        return Allocating(Limited((double)size * size * factor));
    }

    private static long Joined(ReadOnlySpan<Value> values)
    {
        if (values[0] is not IReadOnlyList<Value> list)
        {
            return 1;
        }

        var size = values.Length > 1 && list.Count > 0 ? Product(Sizes.Of(values[1]), list.Count - 1) : 0;
        for (var i = 0; i < list.Count && WorkLimit.Take(); i++)
        {
            size = Sum(size, Sizes.Of(list[i]));
        }

        return size;
    }

    /// <summary>The cost of walking a value to its leaves. A text counts by its bytes.</summary>
    private static long Walk(Value value)
    {
        switch (value)
        {
            case StringValue text:
                return (long)(GoString.ByteLength(text.Value) * Traversal);
            case CelBytes bytes:
                return (long)(bytes.Value.Length * Traversal);
            case IReadOnlyList<Value> list:
                var cost = 0L;
                for (var i = 0; i < list.Count; i++)
                {
                    if (!WorkLimit.Take())
                    {
                        return long.MaxValue;
                    }

                    cost = Sum(cost, Walk(list[i]));
                }

                return cost;
            default:
                return MapView.TryOf(value, out var map) ? Walk(map) : 1;
        }
    }

    private static long Walk(MapView map)
    {
        var cost = 0L;
        for (var i = 0; i < map.Count; i++)
        {
            if (!WorkLimit.Take())
            {
                return long.MaxValue;
            }

            var key = map.KeyAt(i);
            cost = Sum(cost, Walk(key));
            if (map.TryFind(key, out var value))
            {
                cost = Sum(cost, Walk(value));
            }
        }

        return cost;
    }

    private static long Up(double cost) => Limited(Math.Ceiling(cost));

    private static long Limited(double cost) => cost >= long.MaxValue ? long.MaxValue : (long)cost;

    private static long Sum(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    private static long Product(long left, long right) => right != 0 && left > long.MaxValue / right ? long.MaxValue : left * right;
}
