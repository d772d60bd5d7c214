using Weir.Cel.Syntax;
using Weir.Values;

namespace Weir.Cel.Costs;

/// <summary>What calls can cost beside their operands: Kubernetes' rules for its libraries first, then cel-go's.</summary>
internal static class CallCosts
{
    public const double Traversal = 0.1;
    private const double RegexLength = 0.25;
    private const int FormatRegexSize = 128;
    private const ulong MaxFormatSize = 64;

    private static readonly CostRange One = CostRange.Exactly(1);

    // An IPv4 or IPv6 address.
    private static readonly CostRange AddressSize = new(4, 16);

    public static CallEstimate Of(CostEstimation estimation, string function, string overload, SizedNode? target, SizedNode[] arguments) =>
        OfLists(overload, target, arguments)
        ?? OfKubernetes(estimation, function, overload, target, arguments)
        ?? OfStandard(overload, target, arguments);

    private static CallEstimate? OfLists(string overload, SizedNode? target, SizedNode[] arguments)
    {
        switch (overload)
        {
            case "list_sets_contains_list" or "list_sets_intersects_list" or "list_sets_equivalent_list":
                return new((arguments[0].SizeOrUnknown * arguments[1].SizeOrUnknown * (overload == "list_sets_equivalent_list" ? 2.0 : 1.0)) + One);
            case "list_slice" when target is { } list:
                return Allocating(1, CostRange.Exactly(unchecked(Literal(arguments[1], list.SizeOrUnknown.Max) - Literal(arguments[0], 0))));
            case "lists_range":
                return Allocating(1, CostRange.Exactly(Literal(arguments[0], ulong.MaxValue)));
            case "list_reverse" when target is { } list:
                return Allocating(1, list.SizeOrUnknown);
            case "list_flatten" or "list_flatten_int" when target is { } list:
                return Allocating(arguments.Length == 1 ? Literal(arguments[0], ulong.MaxValue) : 1, list.SizeOrUnknown);
            case "list_distinct" when target is { } list:
                return Allocating(2, list.SizeOrUnknown * list.SizeOrUnknown);
            default:
                if (overload.EndsWith("_sort", StringComparison.Ordinal) && target is { } sorted)
                {
                    return Sorting(overload, sorted.SizeOrUnknown);
                }

                return overload.EndsWith("_sortByAssociatedKeys", StringComparison.Ordinal) && arguments.Length == 1
                    ? Sorting(overload, arguments[0].SizeOrUnknown)
                    : null;
        }
    }

    private static CallEstimate Sorting(string overload, CostRange size) =>
        Allocating(overload.StartsWith("list_string_", StringComparison.Ordinal) || overload.StartsWith("list_bytes_", StringComparison.Ordinal) ? 2 + Traversal : 2, size * size);

    private static CallEstimate Allocating(double factor, CostRange size) => new((size * factor) + One + CostRange.Exactly((ulong)ActualCost.List), size);

    private static ulong Literal(SizedNode node, ulong otherwise) =>
        node.Node is LiteralNode { Value: IntValue { IsUnsigned: false } number } ? (ulong)Math.Max(number.Value, 0) : otherwise;

    private static CallEstimate? OfKubernetes(CostEstimation estimation, string function, string overload, SizedNode? target, SizedNode[] arguments)
    {
        switch (function)
        {
            case "check":
                return new(CostRange.Exactly((ulong)ActualCost.AuthorizationCheck));
            case "serviceAccount" or "path" or "group" or "resource" or "subresource" or "namespace" or "name" or "allowed" or "reason" or "error"
                or "errored" or "masked" or "prefixLength" or "family" or "isUnspecified" or "isLoopback" or "isLinkLocalMulticast"
                or "isLinkLocalUnicast" or "isGlobalUnicast" or "format.named" or "sign" or "asInteger" or "isInteger" or "asApproximateFloat"
                or "isGreaterThan" or "isLessThan" or "compareTo" or "add" or "sub" or "major" or "minor" or "patch" or "getScheme" or "getHostname"
                or "getHost" or "getPort" or "getEscapedPath" or "getQuery":
                return new(One);
            case "fieldSelector" or "labelSelector" when arguments.Length == 1:
                var selector = arguments[0].SizeOrUnknown;
                return new(CostRange.Exactly((ulong)ActualCost.List) + (selector * Traversal) + (selector * 0.5 * 50.0));
            case "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf" when target is { } searched:
                return OfSearch(estimation, searched);
            case "url" or "jsonpatch.escapeKey" when arguments.Length == 1:
                return new(arguments[0].SizeOrUnknown * Traversal, arguments[0].SizeOrUnknown);
            case "lowerAscii" or "upperAscii" or "substring" or "trim" when target is { } text:
                return new(text.SizeOrUnknown * Traversal, text.SizeOrUnknown);
            case "replace" when target is { } text && arguments.Length >= 2:
                return new(text.SizeOrUnknown * (2 * Traversal), Replaced(text.SizeOrUnknown, arguments[0].SizeOrUnknown, arguments[1].SizeOrUnknown));
            case "split" when target is { } text:
                var parts = arguments.Length > 1 && arguments[1].Node is LiteralNode { Value: IntValue count }
                    ? unchecked((ulong)count.Value)
                    : text.SizeOrUnknown.Max;
                return new(text.SizeOrUnknown * (2 * Traversal), new CostRange(0, parts));
            case "join" when target is { } list:
                var joined = Joined(estimation, list, arguments);
                return new(joined * Traversal, joined);
            case "find" or "findAll" when target is { } text && arguments.Length >= 1:
                return new(((text.SizeOrUnknown + One) * Traversal) * (arguments[0].SizeOrUnknown * RegexLength), new CostRange(0, text.SizeOrUnknown.Max));
            case "ip" when overload == "cidr_ip":
                return new(One);
            case "ip" or "cidr" or "isIP" or "isCIDR" or "quantity" or "isQuantity" or "semver" or "isSemver" when arguments.Length >= 1:
                return new(arguments[0].SizeOrUnknown * Traversal);
            case "ip.isCanonical" when arguments.Length >= 1:
                return new(arguments[0].SizeOrUnknown * (2 * Traversal));
            case "containsIP" when arguments.Length >= 1:
                return new(((AddressSize + AddressSize) * Traversal) + ReadingCost(overload == "cidr_contains_ip_string", arguments[0]));
            case "containsCIDR" when arguments.Length >= 1:
                return new(
                    ((AddressSize + AddressSize) * Traversal) + (AddressSize * Traversal) + One
                    + ReadingCost(overload == "cidr_contains_cidr_string", arguments[0]));
            case "validate" when arguments.Length >= 1:
                return new(arguments[0].SizeOrUnknown * Traversal * (FormatRegexSize * RegexLength));
            case "_==_" when arguments.Length == 2 && arguments[0].Type.Equals(arguments[1].Type):
                return OfEquality(arguments);
            default:
                return null;
        }
    }

    private static CostRange ReadingCost(bool isText, SizedNode argument) => isText ? argument.SizeOrUnknown * Traversal : default;

    private static CallEstimate? OfEquality(SizedNode[] arguments) => arguments[0].Type.Name switch
    {
        "net.IP" or "net.CIDR" or "kubernetes.Quantity" or "kubernetes.Semver" or "kubernetes.authorization.Authorizer"
            or "kubernetes.authorization.PathCheck" or "kubernetes.authorization.GroupCheck" or "kubernetes.authorization.ResourceCheck"
            or "kubernetes.authorization.Decision" => new(One),
        "kubernetes.NamedFormat" => new(new CostRange(1, MaxFormatSize) * Traversal),
        "kubernetes.URL" => new(new CostRange(1, arguments[1].Size is { } size ? size.Max : 1) * Traversal),
        _ => null,
    };

    /// <summary>Each item is looked at once; texts also by their length.</summary>
    private static CallEstimate OfSearch(CostEstimation estimation, SizedNode list)
    {
        if (Items(estimation, list) is not { } items)
        {
            return new(list.SizeOrUnknown * Traversal);
        }

        var item = One;
        if (items.Type.Kind is CelTypeKind.String or CelTypeKind.Bytes)
        {
            item += items.SizeOrUnknown * Traversal;
        }

        return new(list.SizeOrUnknown * item);
    }

    private static SizedNode? Items(CostEstimation estimation, SizedNode list)
    {
        if (list.Type.Parameters.Count == 0)
        {
            return null;
        }

        IReadOnlyList<string>? path = list.Path is null ? null : [.. list.Path, "@items"];
        return new(null, list.Type.Parameters[0], path, path is null ? null : estimation.SizeAt(path));
    }

    private static CostRange Joined(CostEstimation estimation, SizedNode list, SizedNode[] arguments)
    {
        var count = list.SizeOrUnknown;
        var size = Items(estimation, list) is { } items ? count * items.SizeOrUnknown : default;
        return arguments.Length == 0
            ? size
            : size + (arguments[0].SizeOrUnknown * new CostRange(count.Min > 0 ? count.Min - 1 : 0, count.Max > 0 ? count.Max - 1 : 0));
    }

    private static CostRange Replaced(CostRange text, CostRange part, CostRange replacement)
    {
        var (most, kept) = part.Min == 0 ? (text.Max == ulong.MaxValue ? text.Max : text.Max + 1, text.Max)
            : replacement.Max <= part.Min ? (0UL, text.Max)
            : ((ulong)Math.Ceiling((double)text.Max / part.Min), 0UL);
        var (least, left) = part.Max == 0 ? (text.Min == ulong.MaxValue ? text.Min : text.Min + 1, text.Min)
            : part.Max <= replacement.Min ? (0UL, text.Min)
            : ((ulong)Math.Ceiling((double)text.Min / part.Max), 0UL);
        return (new CostRange(least, most) * replacement) + new CostRange(left, kept);
    }

    private static CallEstimate OfStandard(string overload, SizedNode? target, SizedNode[] arguments)
    {
        switch (overload)
        {
            case "string_format_list_string" when target is { } format:
                return new(format.SizeOrUnknown * Traversal);
            case "string_to_bytes" when arguments.Length == 1:
                var text = arguments[0].SizeOrUnknown;
                return new(text * Traversal, new CostRange(text.Min, unchecked(text.Max * 4)));
            case "bytes_to_string" when arguments.Length == 1:
                var bytes = arguments[0].SizeOrUnknown;
                return new(bytes * Traversal, new CostRange(bytes.Min / 4, bytes.Max));
            case "strings_quote" when arguments.Length == 1:
                var quoted = arguments[0].SizeOrUnknown;
                return new(quoted * Traversal, unchecked(new CostRange(quoted.Min + 2, (quoted.Max * 2) + 2)));
            case "starts_with_string" or "ends_with_string" when arguments.Length == 1:
                return new(arguments[0].SizeOrUnknown * Traversal);
            case "in_list" when arguments.Length == 2:
                return new(arguments[1].SizeOrUnknown);
            case "matches_string" when target is { } matched && arguments.Length == 1:
                return new(((matched.SizeOrUnknown + One) * Traversal) * (arguments[0].SizeOrUnknown * RegexLength));
            case "contains_string" when target is { } searched && arguments.Length == 1:
                return new((searched.SizeOrUnknown * Traversal) * (arguments[0].SizeOrUnknown * Traversal));
            case "less_string" or "greater_string" or "less_equals_string" or "greater_equals_string" or "less_bytes" or "greater_bytes"
                or "less_equals_bytes" or "greater_equals_bytes" or "equals" or "not_equals":
                var smaller = Math.Min(arguments[0].SizeOrUnknown.Max, arguments[1].SizeOrUnknown.Max);
                return new(new CostRange(smaller > 0 ? 1UL : 0UL, smaller) * Traversal);
            default:
                return new(One);
        }
    }
}
