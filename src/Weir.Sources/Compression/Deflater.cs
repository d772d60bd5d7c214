namespace Weir.Sources.Compression;

/// <summary>
/// DEFLATE at level 6 byte for byte as Go's <c>compress/flate</c> (from Go 1.27) writes it. How input is cut into pieces does not matter.
/// </summary>
internal sealed class Deflater(Stream output)
{
    /// <summary>How much input makes a block.</summary>
    public const int BlockSize = 65_535;

    private const int SmallBlock = 128;
    private const int TinyBlock = 32;

    private readonly BitWriter _writer = new(output);
    private readonly MatchFinder _matches = new();
    private readonly TokenBlock _tokens = new();
    private readonly byte[] _block = new byte[BlockSize];
    private int _length;

    /// <summary>Takes one piece of input.</summary>
    public void Write(ReadOnlySpan<byte> input)
    {
        while (!input.IsEmpty)
        {
            if (_length == BlockSize)
            {
                WriteBlock(isLast: false);
            }

            var count = Math.Min(input.Length, BlockSize - _length);
            input[..count].CopyTo(_block.AsSpan(_length));
            _length += count;
            input = input[count..];
        }
    }

    /// <summary>Writes what is left and the end of the stream.</summary>
    public void Finish()
    {
        if (_length > 0)
        {
            WriteBlock(isLast: true);
        }

        _writer.Finish();
    }

    private void WriteBlock(bool isLast)
    {
        var input = _block.AsSpan(0, _length);
        _length = 0;
        switch (input.Length)
        {
            case <= TinyBlock:
                _writer.WriteStored(input);
                return;
            case < SmallBlock:
                _writer.WriteLiterals(input, isLast: true);
                return;
        }

        _matches.Find(input, _tokens);
        if (_tokens.Count == 0)
        {
            _writer.WriteStored(input);
        }
        else if (_tokens.Count > input.Length - (input.Length >> 4))
        {
            _writer.WriteLiterals(input, isLast);
        }
        else
        {
            _writer.WriteTokens(_tokens, input, isLast);
        }

        _tokens.Clear();
    }
}
