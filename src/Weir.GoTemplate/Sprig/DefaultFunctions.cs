using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Defaults and choices.</summary>
internal static class DefaultFunctions
{
    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("default", "func(interface {}, ...interface {}) interface {}", static (_, a) =>
            a.Count < 2 || GoValue.IsEmpty(a[1]) ? a[0] : a[1]),
        new("empty", "func(interface {}) bool", static (_, a) => GoValue.IsEmpty(a[0])),
        new("coalesce", "func(...interface {}) interface {}", static (_, a) => Coalesce(a)),
        new("all", "func(...interface {}) bool", static (_, a) => All(a)),
        new("any", "func(...interface {}) bool", static (_, a) => Coalesce(a) is not null),
        new("ternary", "func(interface {}, interface {}, bool) interface {}", static (_, a) => a.Bool(2) ? a[0] : a[1]),
        new("fail", "func(string) (string, error)", static (c, a) => c.Fail(a.String(0))),
    ]);

    private static Value? Coalesce(Arguments arguments)
    {
        foreach (var value in arguments.From(0))
        {
            if (!GoValue.IsEmpty(value))
            {
                return value;
            }
        }

        return null;
    }

    private static bool All(Arguments arguments)
    {
        foreach (var value in arguments.From(0))
        {
            if (GoValue.IsEmpty(value))
            {
                return false;
            }
        }

        return true;
    }
}
