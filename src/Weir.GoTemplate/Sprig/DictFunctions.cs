using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Dictionaries. <c>set</c>, <c>unset</c> and merging change their first argument, and whoever shares it sees that.</summary>
internal static class DictFunctions
{
    private const string NilMapWrite = "assignment to entry in nil map";

    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("dict", "func(...interface {}) map[string]interface {}", static (_, a) => Create(a)),
        new("get", "func(map[string]interface {}, string) interface {}", static (_, a) => a.Map(0)?[a.String(1)] ?? StringValue.Empty),
        new("set", "func(map[string]interface {}, string, interface {}) map[string]interface {}", Set),
        new("unset", "func(map[string]interface {}, string) map[string]interface {}", static (_, a) =>
        {
            a.Map(0)?.Remove(a.String(1));
            return a[0];
        }),
        new("hasKey", "func(map[string]interface {}, string) bool", static (_, a) => a.Map(0)?.ContainsKey(a.String(1)) ?? false),
        new("pluck", "func(string, ...map[string]interface {}) []interface {}", static (_, a) => Pluck(a)),
        new("keys", "func(...map[string]interface {}) []string", static (_, a) => Keys(a)),
        new("values", "func(map[string]interface {}) []interface {}", static (_, a) => Values(a.Map(0))),
        new("pick", "func(map[string]interface {}, ...string) map[string]interface {}", static (_, a) => Pick(a)),
        new("omit", "func(map[string]interface {}, ...string) map[string]interface {}", static (_, a) => Omit(a)),
        new("merge", "func(map[string]interface {}, ...map[string]interface {}) interface {}", static (c, a) => Merge(c, a, overwrite: false)),
        new("mergeOverwrite", "func(map[string]interface {}, ...map[string]interface {}) interface {}", static (c, a) => Merge(c, a, overwrite: true)),
        new("mustMerge", "func(map[string]interface {}, ...map[string]interface {}) (interface {}, error)", static (c, a) =>
            Merge(c, a, overwrite: false)),
        new("mustMergeOverwrite", "func(map[string]interface {}, ...map[string]interface {}) (interface {}, error)", static (c, a) =>
            Merge(c, a, overwrite: true)),
        new("deepCopy", "func(interface {}) interface {}", static (c, a) => Copy(c, a[0])),
        new("mustDeepCopy", "func(interface {}) (interface {}, error)", static (c, a) => Copy(c, a[0])),
        new("dig", "func(...interface {}) (interface {}, error)", Dig),
    ]);

    private static MapValue Create(Arguments arguments)
    {
        var map = new MapValue((arguments.Count + 1) / 2);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            map[GoValue.Text(arguments[i])] = i + 1 < arguments.Count ? arguments[i + 1] : StringValue.Empty;
        }

        return map;
    }

    private static Value? Set(CallContext context, Arguments arguments)
    {
        if (arguments.Map(0) is not { } map)
        {
            return context.Fail(NilMapWrite);
        }

        map[arguments.String(1)] = arguments[2];
        return arguments[0];
    }

    private static ListValue Pluck(Arguments arguments)
    {
        var found = new ListValue();
        for (var i = 1; i < arguments.Count; i++)
        {
            if (arguments.Map(i)?[arguments.String(0)] is { } value)
            {
                found.Add(value);
            }
        }

        return found;
    }

    /// <summary>Go's order is by chance, so any will do: sorted, dictionary by dictionary.</summary>
    private static ListValue Keys(Arguments arguments)
    {
        var keys = new ListValue { ElementType = ElementType.String };
        for (var i = 0; i < arguments.Count; i++)
        {
            foreach (var key in Sorted(arguments.Map(i)))
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    private static ListValue Values(MapValue? map)
    {
        var values = new ListValue(map?.Count ?? 0);
        foreach (var key in Sorted(map))
        {
            values.Add(map![key]!);
        }

        return values;
    }

    private static string[] Sorted(MapValue? map)
    {
        if (map is null)
        {
            return [];
        }

        string[] keys = [.. map.Keys];
        Array.Sort(keys, GoString.Comparer);
        return keys;
    }

    private static MapValue Pick(Arguments arguments)
    {
        var picked = new MapValue();
        var map = arguments.Map(0);
        for (var i = 1; i < arguments.Count; i++)
        {
            if (map?[arguments.String(i)] is { } value)
            {
                picked[arguments.String(i)] = value;
            }
        }

        return picked;
    }

    private static MapValue Omit(Arguments arguments)
    {
        var rest = arguments.Map(0)?.ShallowClone() ?? new MapValue();
        for (var i = 1; i < arguments.Count; i++)
        {
            rest.Remove(arguments.String(i));
        }

        return rest;
    }

    private static Value? Merge(CallContext context, Arguments arguments, bool overwrite)
    {
        var destination = arguments.Map(0);
        Value result = destination is null ? GoValue.NilMap : arguments[0];
        for (var i = 1; i < arguments.Count; i++)
        {
            if (arguments.Map(i) is not { } source)
            {
                continue;
            }

            if (destination is null)
            {
                result = destination = [];
            }

            if (!MapMerge.TryMerge(destination, source, overwrite))
            {
                return context.Fail(GoValue.Unbounded);
            }
        }

        return result;
    }

    private static Value? Copy(CallContext context, Value value)
    {
        if (!GoValue.IsBounded(value))
        {
            return context.Fail(GoValue.Unbounded);
        }

        return value is GoObject { Underlying: MapValue or ListValue } named ? named.Underlying!.DeepClone() : value.DeepClone();
    }

    private static Value? Dig(CallContext context, Arguments arguments)
    {
        if (arguments.Count < 3)
        {
            return context.Fail("dig needs at least three arguments");
        }

        var @default = arguments[arguments.Count - 2];
        var current = arguments[arguments.Count - 1];
        for (var i = 0; i < arguments.Count - 2; i++)
        {
            if (arguments[i] is not StringValue)
            {
                return context.Fail(Conversion(arguments[i], "string"));
            }
        }

        for (var i = 0; i < arguments.Count - 2; i++)
        {
            if (current is not MapValue { ElementType: ElementType.Any } map)
            {
                return context.Fail(Conversion(current, "map[string]interface {}"));
            }

            if (map[arguments.String(i)] is not { } next)
            {
                return @default;
            }

            current = next;
        }

        return current;
    }

    /// <summary>The text of Go's panic at a type assertion that does not hold.</summary>
    private static string Conversion(Value value, string wanted) =>
        $"interface conversion: interface {{}} is {(GoValue.IsNil(value) ? "nil" : Formatting.GoFormat.TypeName(value))}, not {wanted}";
}
