using System.Collections;

namespace Weir.Values;

/// <summary>A mutable list with reference semantics. Items are never C# <see langword="null"/>.</summary>
public sealed class ListValue : Value, IReadOnlyList<Value>
{
    private readonly List<Value> _items;

    public ListValue() => _items = [];

    public ListValue(int capacity) => _items = new List<Value>(capacity);

    public ListValue(IEnumerable<Value> items) => _items = [.. items];

    /// <summary>The Go element type; <see cref="ElementType.Any"/> for everything read from YAML or JSON.</summary>
    public ElementType ElementType { get; init; }

    public override ValueKind Kind => ValueKind.List;

    public int Count => _items.Count;

    public Value this[int index]
    {
        get => _items[index];
        set => _items[index] = value ?? throw new ArgumentNullException(nameof(value));
    }

    public void Add(Value item) => _items.Add(item ?? throw new ArgumentNullException(nameof(item)));

    public void AddRange(IEnumerable<Value> items) => _items.AddRange(items);

    public void Insert(int index, Value item) => _items.Insert(index, item ?? throw new ArgumentNullException(nameof(item)));

    public void RemoveAt(int index) => _items.RemoveAt(index);

    public int RemoveAll(Predicate<Value> match) => _items.RemoveAll(match);

    public void Clear() => _items.Clear();

    public void Sort(Comparison<Value> comparison) => _items.Sort(comparison);

    public override ListValue DeepClone()
    {
        var copy = new ListValue(_items.Count) { ElementType = ElementType, Span = Span };
        foreach (var item in _items)
        {
            copy._items.Add(item.DeepClone());
        }

        return copy;
    }

    public override bool Equals(Value? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is not ListValue list || list._items.Count != _items.Count)
        {
            return false;
        }

        for (var i = 0; i < _items.Count; i++)
        {
            if (!_items[i].Equals(list._items[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override int GetHashCode() => HashCode.Combine(ValueKind.List, _items.Count);

    public List<Value>.Enumerator GetEnumerator() => _items.GetEnumerator();

    IEnumerator<Value> IEnumerable<Value>.GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    public override string ToString() => $"[{string.Join(' ', _items)}]";
}
