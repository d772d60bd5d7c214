using System.Diagnostics.CodeAnalysis;
using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>A map whose values are found when they are first read.</summary>
internal sealed class LazyMap(IReadOnlyList<string> keys, Func<string, Value> find) : CelMap
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);

    public override int Count => keys.Count;

    public override Value KeyAt(int index) => keys[index];

    public override bool TryFind(Value key, [NotNullWhen(true)] out Value? value)
    {
        value = null;
        if (key is not StringValue name || !keys.Contains(name.Value))
        {
            return false;
        }

        if (!_values.TryGetValue(name.Value, out value))
        {
            _values[name.Value] = value = find(name.Value);
        }

        return true;
    }

    public override bool Equals(Value? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => keys.Count;

    public override Value? ToPlain() => null;
}
