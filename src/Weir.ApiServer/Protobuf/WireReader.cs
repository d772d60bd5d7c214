using System.Buffers.Binary;

namespace Weir.ApiServer.Protobuf;

/// <summary>Reads the fields of one protobuf message; after a mistake <see cref="Error"/> holds Go's words and nothing more is read.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public string? Error { get; private set; }

    /// <summary>The present field: its number, and its content as a number or as bytes.</summary>
    public int Field { get; private set; }

    public ulong Number { get; private set; }

    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>True when the field has bytes rather than a number.</summary>
    public bool HasBytes { get; private set; }

    /// <summary>Goes to the next field; false at the end or after a mistake.</summary>
    public bool Read()
    {
        if (_rest.IsEmpty || Error is not null || !Varint(out var tag))
        {
            return false;
        }

        Field = (int)(tag >> 3);
        HasBytes = (tag & 7) == 2;
        if (Field <= 0)
        {
            Error = $"proto: illegal tag {Field} (wire type {tag & 7})";
            return false;
        }

        switch (tag & 7)
        {
            case 0:
                Number = Varint(out var number) ? number : 0;
                return Error is null;
            case 1:
                return Fixed(8);
            case 5:
                return Fixed(4);
            case 2:
                if (!Varint(out var length))
                {
                    return false;
                }

                if (length > (ulong)_rest.Length)
                {
                    Error = "unexpected EOF";
                    return false;
                }

                Bytes = _rest[..(int)length];
                _rest = _rest[(int)length..];
                return true;
            default:
                Error = $"proto: illegal wireType {tag & 7}";
                return false;
        }
    }

    /// <summary>Reads a number that stands without a tag: an item of a packed list.</summary>
    public bool ReadPacked(out ulong number)
    {
        number = 0;
        return !_rest.IsEmpty && Varint(out number);
    }

    private bool Fixed(int size)
    {
        if (_rest.Length < size)
        {
            Error = "unexpected EOF";
            return false;
        }

        Number = size == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(_rest) : BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        _rest = _rest[size..];
        return true;
    }

    private bool Varint(out ulong value)
    {
        value = 0;
        for (var (i, shift) = (0, 0); ; i++, shift += 7)
        {
            if (i >= _rest.Length)
            {
                Error = "unexpected EOF";
                return false;
            }

            if (shift >= 64)
            {
                Error = "proto: integer overflow";
                return false;
            }

            value |= (ulong)(_rest[i] & 0x7F) << shift;
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }
    }
}
