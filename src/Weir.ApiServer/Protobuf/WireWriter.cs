using System.Buffers;
using System.Buffers.Binary;

namespace Weir.ApiServer.Protobuf;

/// <summary>Writes the fields of one protobuf message.</summary>
internal sealed class WireWriter
{
    private readonly ArrayBufferWriter<byte> _target = new();

    public ReadOnlySpan<byte> Written => _target.WrittenSpan;

    public void Number(int field, ulong value)
    {
        Varint((ulong)field << 3);
        Varint(value);
    }

    public void Double(int field, double value)
    {
        Varint(((ulong)field << 3) | 1);
        BinaryPrimitives.WriteDoubleLittleEndian(_target.GetSpan(8), value);
        _target.Advance(8);
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        _target.Write(value);
    }

    public void Message(int field, WireWriter message) => Bytes(field, message.Written);

    private void Varint(ulong value)
    {
        var span = _target.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        _target.Advance(length);
    }
}
