using System.Globalization;
using System.Text;

namespace Weir.Sources.Compression;

/// <summary>
/// Writes tar byte for byte as Go's <c>archive/tar</c> does for headers without owner and with whole seconds: USTAR where the name fits,
/// otherwise a PAX record for the path. Contents go out in the pieces that Go's <c>io.Copy</c> makes.
/// </summary>
internal sealed class GoTarWriter(Stream output)
{
    private const int BlockSize = 512;
    private const int PieceSize = 32 * 1024;
    private const int NameSize = 100;
    private const int PrefixSize = 155;

    private static readonly byte[] Zeros = new byte[BlockSize];

    private readonly byte[] _block = new byte[BlockSize];
    private readonly byte[] _piece = new byte[PieceSize];
    private int _padding;

    /// <summary>The time of the files that follow, to the second.</summary>
    public DateTimeOffset Modified { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>A directory, whose name stands as given.</summary>
    public void WriteDirectory(string name, int mode) => WriteHeader(name, mode, 0, '5');

    /// <summary>A file with its content. Throws <see cref="IOException"/> when the content is not as long as said.</summary>
    public void WriteFile(string name, int mode, Stream content, long size)
    {
        WriteHeader(name, mode, size, '0');
        var left = size;
        while (left > 0)
        {
            var count = content.ReadAtLeast(_piece.AsSpan(0, (int)Math.Min(PieceSize, left)), (int)Math.Min(PieceSize, left), throwOnEndOfStream: false);
            if (count == 0)
            {
                throw new IOException($"'{name}' became shorter while it was read.");
            }

            output.Write(_piece, 0, count);
            left -= count;
        }

        _padding = (int)(-size & (BlockSize - 1));
    }

    /// <summary>The end of the archive.</summary>
    public void Finish()
    {
        Pad();
        output.Write(Zeros);
        output.Write(Zeros);
    }

    private void WriteHeader(string name, int mode, long size, char type)
    {
        Pad();
        var bytes = Encoding.UTF8.GetBytes(name);
        if (Ascii.IsValid(bytes) && bytes.Length <= NameSize)
        {
            WriteBlock(bytes, [], mode, size, type);
        }
        else if (Ascii.IsValid(bytes) && Split(name) is { } slash and > 0)
        {
            WriteBlock(bytes.AsSpan(slash + 1), bytes.AsSpan(0, slash), mode, size, type);
        }
        else
        {
            WritePaxRecord(name);
            WriteBlock(AsciiOf(name), [], mode, size, type);
        }
    }

    /// <summary>The slash that parts a long name into prefix and name; -1 when it cannot be parted.</summary>
    private static int Split(string name)
    {
        var length = Math.Min(name.Length, PrefixSize + 1);
        if (length == name.Length && name[^1] == '/')
        {
            length--;
        }

        var slash = name.LastIndexOf('/', length - 1);
        var rest = name.Length - slash - 1;
        return slash <= 0 || rest > NameSize || rest == 0 || slash > PrefixSize ? -1 : slash;
    }

    private void WritePaxRecord(string path)
    {
        var record = PaxRecord("path", path);
        var slash = path.LastIndexOf('/');
        var directory = slash < 0 ? "" : path[..(slash + 1)];
        var name = AsciiOf($"{directory}PaxHeaders.0/{path[(slash + 1)..]}");
        name = name.Length > NameSize ? name[..NameSize] : name;
        while (name.Length > 0 && name[^1] == '/')
        {
            name = name[..^1];
        }

        Array.Clear(_block);
        Put(0, NameSize, name);
        PutOctal(100, 8, 0);
        PutOctal(108, 8, 0);
        PutOctal(116, 8, 0);
        PutOctal(124, 12, record.Length);
        PutOctal(136, 12, 0);
        _block[156] = (byte)'x';
        Send();
        output.Write(record);
        _padding = -record.Length & (BlockSize - 1);
        Pad();
    }

    /// <summary><c>LENGTH KEY=VALUE\n</c>, where the length counts itself.</summary>
    private static byte[] PaxRecord(string key, string value)
    {
        var rest = Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value) + 3;
        var size = rest + rest.ToString(CultureInfo.InvariantCulture).Length;
        var text = string.Create(CultureInfo.InvariantCulture, $"{size} {key}={value}\n");
        if (Encoding.UTF8.GetByteCount(text) != size)
        {
            text = string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(text)} {key}={value}\n");
        }

        return Encoding.UTF8.GetBytes(text);
    }

    private static byte[] AsciiOf(string text) => Encoding.ASCII.GetBytes([.. text.Where(char.IsAscii)]);

    private void WriteBlock(ReadOnlySpan<byte> name, ReadOnlySpan<byte> prefix, int mode, long size, char type)
    {
        Array.Clear(_block);
        Put(0, NameSize, name);
        PutOctal(100, 8, mode);
        PutOctal(108, 8, 0);
        PutOctal(116, 8, 0);
        PutOctal(124, 12, size);
        PutOctal(136, 12, Modified.ToUnixTimeSeconds());
        _block[156] = (byte)type;
        PutOctal(329, 8, 0);
        PutOctal(337, 8, 0);
        Put(345, PrefixSize, prefix);
        Send();
    }

    private void Send()
    {
        "ustar\000"u8.CopyTo(_block.AsSpan(257));
        _block.AsSpan(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in _block)
        {
            sum += b;
        }

        PutOctal(148, 7, sum);
        output.Write(_block);
    }

    private void Put(int at, int size, ReadOnlySpan<byte> text) =>
        text[..Math.Min(size, text.Length)].CopyTo(_block.AsSpan(at));

    /// <summary>Zero-padded, with room for the NUL at the end.</summary>
    private void PutOctal(int at, int size, long number)
    {
        var digits = Convert.ToString(number, 8).PadLeft(size - 1, '0');
        Encoding.ASCII.GetBytes(digits, _block.AsSpan(at, digits.Length));
        _block[at + digits.Length] = 0;
    }

    private void Pad()
    {
        if (_padding > 0)
        {
            output.Write(Zeros, 0, _padding);
            _padding = 0;
        }
    }
}
