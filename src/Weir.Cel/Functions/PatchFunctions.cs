using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>What only mutating policies have: keys in paths of JSON patches.</summary>
internal static class PatchFunctions
{
    public static CelFunction[] All { get; } =
    [
        new("jsonpatch.escapeKey", Global("string_jsonpatch_escapeKey_string", [CelType.String], CelType.String, a =>
            new StringValue(((StringValue)a[0]).Value.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)))),
    ];
}
