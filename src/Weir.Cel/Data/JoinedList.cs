using System.Collections;
using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>Two lists one after the other, joined without copying: a sum of lists costs the same however long they are.</summary>
internal sealed class JoinedList(IReadOnlyList<Value> left, IReadOnlyList<Value> right) : CelValue, IReadOnlyList<Value>
{
    private static readonly CelType ListType = CelType.List(CelType.Dyn);

    public override CelType Type => ListType;

    public override long Size => Count;

    public int Count { get; } = left.Count + right.Count;

    public Value this[int index] => index < left.Count ? left[index] : right[index - left.Count];

    public IEnumerator<Value> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(Value? other) => other is IReadOnlyList<Value> list && list.Count == Count && this.SequenceEqual(list);

    public override int GetHashCode() => Count;

    public override Value ToPlain()
    {
        var plain = new ListValue(Count);
        for (var i = 0; i < Count; i++)
        {
            plain.Add(Equality.Plain(this[i]));
        }

        return plain;
    }

    public override string ToString() => $"[{string.Join(' ', this)}]";
}
