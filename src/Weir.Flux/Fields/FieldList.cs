using System.Collections;
using System.Runtime.CompilerServices;

namespace Weir.Flux;

/// <summary>An immutable list that compares by content.</summary>
[CollectionBuilder(typeof(FieldList), nameof(FieldList.Create))]
public sealed class FieldList<T> : IReadOnlyList<T>, IEquatable<FieldList<T>>
{
    private readonly T[] _items;

    internal FieldList(T[] items) => _items = items;

    internal static FieldList<T> Empty { get; } = new([]);

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public bool Equals(FieldList<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as FieldList<T>);

    public override int GetHashCode() => _items.Length == 0 ? 0 : HashCode.Combine(_items.Length, _items[0]);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}

/// <summary>Makes <see cref="FieldList{T}"/> from collection expressions.</summary>
public static class FieldList
{
    public static FieldList<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}
