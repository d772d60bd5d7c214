using System.Diagnostics.CodeAnalysis;
using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Equality as Go's <c>reflect.DeepEqual</c>.</summary>
internal sealed class GoValueComparer : IEqualityComparer<Value>
{
    public static GoValueComparer Instance { get; } = new();

    public bool Equals(Value? x, Value? y) => x is null || y is null ? ReferenceEquals(x, y) : GoValue.DeepEqual(x, y);

    public int GetHashCode([DisallowNull] Value obj) => GoValue.Plain(obj).GetHashCode();
}
