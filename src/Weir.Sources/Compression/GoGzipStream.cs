using System.Buffers.Binary;

namespace Weir.Sources.Compression;

/// <summary>
/// Writes gzip byte for byte as Go's <c>compress/gzip</c> at its default level, so that archives have the digests that Flux's
/// source-controller gives them when it is built with Go 1.27. What is written is compressed when the stream is disposed of; the inner stream stays open.
/// </summary>
public sealed class GoGzipStream : Stream
{
    private const byte HasExtra = 4;
    private const byte HasComment = 16;

    private readonly Stream _output;
    private readonly Deflater _deflater;
    private readonly Crc32 _crc = new();
    private long _size;
    private bool _isFinished;

    /// <param name="output">Where the archive goes.</param>
    /// <param name="extra">The extra field of the header; none when empty.</param>
    /// <param name="comment">The comment of the header, in ASCII; none when empty.</param>
    public GoGzipStream(Stream output, ReadOnlySpan<byte> extra = default, string comment = "")
    {
        _output = output;
        _deflater = new Deflater(output);
        var flags = (byte)((extra.IsEmpty ? 0 : HasExtra) | (comment.Length == 0 ? 0 : HasComment));
        output.Write([0x1F, 0x8B, 8, flags, 0, 0, 0, 0, 0, 255]);
        if (!extra.IsEmpty)
        {
            Span<byte> length = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)extra.Length);
            output.Write(length);
            output.Write(extra);
        }

        if (comment.Length > 0)
        {
            output.Write(System.Text.Encoding.ASCII.GetBytes(comment + '\0'));
        }
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _crc.Append(buffer);
        _size += buffer.Length;
        _deflater.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Go's archives are flushed at their end only; a flush before would change the bytes.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isFinished)
        {
            _isFinished = true;
            _deflater.Finish();
            Span<byte> trailer = stackalloc byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(trailer, _crc.Value);
            BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], unchecked((uint)_size));
            _output.Write(trailer);
        }

        base.Dispose(disposing);
    }
}
