using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Weir.GoTemplate.Sprig;

/// <summary>
/// Random bytes for one call, all derived from one key that the host gave for the call's place: a seeded host repeats them, a
/// host with real randomness never does.
/// </summary>
internal sealed class RandomStream
{
    private const int KeyLength = 32;

    private readonly byte[] _input = new byte[KeyLength + sizeof(long)];
    private readonly byte[] _block = new byte[SHA512.HashSizeInBytes];
    private long _counter;
    private int _used = SHA512.HashSizeInBytes;

    private RandomStream()
    {
    }

    /// <summary>The stream of the call that runs now; a second one of the same call differs.</summary>
    public static RandomStream Take(CallContext context)
    {
        var stream = new RandomStream();
        context.Host.FillRandom(context.TakeSite(), stream._input.AsSpan(0, KeyLength));
        return stream;
    }

    public void Fill(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_used == _block.Length)
            {
                BinaryPrimitives.WriteInt64LittleEndian(_input.AsSpan(KeyLength), _counter++);
                SHA512.HashData(_input, _block);
                _used = 0;
            }

            var count = Math.Min(buffer.Length, _block.Length - _used);
            _block.AsSpan(_used, count).CopyTo(buffer);
            _used += count;
            buffer = buffer[count..];
        }
    }

    /// <summary>A number from 0 to before the limit, each as likely as the others.</summary>
    public long Next(long limit)
    {
        Span<byte> bytes = stackalloc byte[8];
        var max = ulong.MaxValue - (((ulong.MaxValue % (ulong)limit) + 1) % (ulong)limit);
        while (true)
        {
            Fill(bytes);
            var number = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            if (number <= max)
            {
                return (long)(number % (ulong)limit);
            }
        }
    }

    /// <summary>A number of at most so many bits.</summary>
    public BigInteger NextBits(int bits)
    {
        var bytes = new byte[(bits + 7) / 8];
        Fill(bytes);
        if (bits % 8 != 0)
        {
            bytes[0] &= (byte)((1 << (bits % 8)) - 1);
        }

        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>A number from 0 to before the limit.</summary>
    public BigInteger Next(BigInteger limit)
    {
        var bits = (int)limit.GetBitLength();
        while (true)
        {
            var number = NextBits(bits);
            if (number < limit)
            {
                return number;
            }
        }
    }
}
