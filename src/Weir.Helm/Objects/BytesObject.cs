using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Helm;

/// <summary>The bytes of a file as a Go <c>[]byte</c>; the list of numbers is made only when somebody looks into it.</summary>
internal sealed class BytesObject(ReadOnlyMemory<byte> bytes) : GoObject
{
    private static readonly IntValue[] Numbers = [.. Enumerable.Range(0, 256).Select(n => new IntValue(n, IntegerType.UInt8))];

    private ListValue? _list;

    public override ReflectType Type => ReflectType.Bytes;

    public override Value Underlying => _list ??= BuildList();

    public override ReadOnlyMemory<byte>? Bytes => bytes;

    /// <summary>JSON has bytes in base64.</summary>
    public override Value ToPlain() => new StringValue(Convert.ToBase64String(bytes.Span));

    private ListValue BuildList()
    {
        var list = new ListValue(bytes.Length) { ElementType = ElementType.Byte };
        foreach (var item in bytes.Span)
        {
            list.Add(Numbers[item]);
        }

        return list;
    }
}
