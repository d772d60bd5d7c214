using Weir.Cel.Data;
using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>One step along a path: a field, key or index.</summary>
/// <param name="Key">What it reads, or how that is found.</param>
/// <param name="IsOptional">True when nothing there is no error.</param>
/// <param name="IsTest">True when only whether there is something matters.</param>
internal readonly record struct Qualifier(Step Key, bool IsOptional, bool IsTest)
{
    /// <summary>The value there; <see langword="null"/> when there is none.</summary>
    public static Value? Find(Value container, Value key)
    {
        if (MapView.TryOf(container, out var map))
        {
            return map.TryFind(key, out var found) ? found : null;
        }

        if (container is CelObject built)
        {
            return key is StringValue name ? built.Fields[name.Value] : null;
        }

        return container is not IReadOnlyList<Value> list ? null
            : Index(key, out var error) is { } index ? index >= 0 && index < list.Count ? list[(int)index] : null
            : error;
    }

    /// <summary>The message about a key that is not there.</summary>
    public static CelError Missing(Value container, Value key) => container as CelError ?? new CelError(
        container is IReadOnlyList<Value> ? $"index out of bounds: {Text(key)}" : $"no such key: {Text(key)}");

    private static string Text(Value key) => key switch
    {
        FloatValue f => GoFloat.Format(f.Value, 'g', -1),
        _ => key.ToString() ?? "",
    };

    private static long? Index(Value key, out CelError? error)
    {
        error = null;
        switch (key)
        {
            case IntValue { IsUnsigned: false } i:
                return i.Value;
            case IntValue { UnsignedValue: <= long.MaxValue } u:
                return u.Value;
            case FloatValue f when Math.Floor(f.Value) == f.Value && Math.Abs(f.Value) < long.MaxValue:
                return (long)f.Value;
            case FloatValue or IntValue:
                error = new CelError($"unsupported index value {Text(key)} in list");
                return null;
            default:
                error = key as CelError ?? new CelError($"unsupported index type '{TypeNames.Of(key)}' in list");
                return null;
        }
    }
}
