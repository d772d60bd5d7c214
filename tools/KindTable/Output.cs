namespace KindTable;

/// <summary>Bytes with variable-length numbers (seven bits a byte, low bits first).</summary>
internal sealed class Output
{
    private readonly MemoryStream _stream = new();

    public void Number(int value)
    {
        var rest = (uint)value;
        while (rest >= 0x80)
        {
            _stream.WriteByte((byte)(rest | 0x80));
            rest >>= 7;
        }

        _stream.WriteByte((byte)rest);
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    public byte[] ToArray() => _stream.ToArray();
}
