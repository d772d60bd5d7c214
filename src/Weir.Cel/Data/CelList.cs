using System.Collections;
using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>A list whose items a schema describes; an item gains its meaning when it is read.</summary>
internal sealed class CelList(IReadOnlyList<Value> items, CelSchema schema) : CelValue, IReadOnlyList<Value>
{
    private static readonly CelType ListType = CelType.List(CelType.Dyn);

    public CelSchema Schema { get; } = schema;

    /// <summary>The items as they are written in the object.</summary>
    public IReadOnlyList<Value> Items { get; } = items;

    public override CelType Type => ListType;

    public override long Size => Items.Count;

    public int Count => Items.Count;

    public Value this[int index] => CelValues.Typed(Items[index], Schema.Element!);

    public IEnumerator<Value> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(Value? other) => other is CelList list && list.Items.SequenceEqual(Items);

    public override int GetHashCode() => Items.Count;

    public override Value ToPlain() => new ListValue(Items);
}
