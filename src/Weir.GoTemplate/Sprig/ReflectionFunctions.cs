using Weir.GoTemplate.Formatting;

namespace Weir.GoTemplate.Sprig;

/// <summary>What a value is.</summary>
internal static class ReflectionFunctions
{
    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("typeOf", "func(interface {}) string", static (_, a) => GoFormat.TypeName(a[0])),
        new("typeIs", "func(string, interface {}) bool", static (_, a) => a.String(0) == GoFormat.TypeName(a[1])),
        new("typeIsLike", "func(string, interface {}) bool", static (_, a) =>
            GoFormat.TypeName(a[1]) is var type && (a.String(0) == type || "*" + a.String(0) == type)),
        new("kindOf", "func(interface {}) string", static (_, a) => GoValue.KindName(a[0])),
        new("kindIs", "func(string, interface {}) bool", static (_, a) => a.String(0) == GoValue.KindName(a[1])),
        new("deepEqual", "func(interface {}, interface {}) bool", static (_, a) => GoValue.DeepEqual(a[0], a[1])),
    ]);
}
