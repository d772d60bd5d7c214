namespace Weir.Kubernetes;

/// <summary>A place in the table's bytes.</summary>
internal struct TableReader(byte[] bytes, int position)
{
    public int Position { get; private set; } = position;

    public int Number()
    {
        var result = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = bytes[Position++];
            result |= (b & 0x7f) << shift;
            if (b < 0x80)
            {
                return result;
            }
        }
    }

    public void Skip(int count) => Position += count;
}
