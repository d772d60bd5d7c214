using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Weir.Rendering;

/// <summary>AES-GCM (NIST SP 800-38D) with nonces of any length: SOPS uses 32 bytes, which the platform's own does not take.</summary>
internal sealed class LongNonceGcm : IDisposable
{
    private const int BlockLength = 16;

    private readonly Aes _aes;
    private readonly UInt128 _hashKey;

    public LongNonceGcm(ReadOnlySpan<byte> key)
    {
        _aes = Aes.Create();
        _aes.Key = key.ToArray();
        _hashKey = Encrypt(0);
    }

    public void Dispose() => _aes.Dispose();

    /// <summary>The plain bytes; <see langword="null"/> when the tag does not fit them.</summary>
    public byte[]? Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> data, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associated)
    {
        var first = nonce.Length == 12
            ? (Block([.. nonce, 0, 0, 0, 0]) | 1)
            : Hash([], nonce, (UInt128)(ulong)nonce.Length * 8);
        var expected = new byte[BlockLength];
        BinaryPrimitives.WriteUInt128BigEndian(
            expected, Hash(associated, data, ((UInt128)((ulong)associated.Length * 8) << 64) | ((ulong)data.Length * 8)) ^ Encrypt(first));
        if (!CryptographicOperations.FixedTimeEquals(expected, tag))
        {
            return null;
        }

        var plain = new byte[data.Length];
        Span<byte> stream = stackalloc byte[BlockLength];
        for (var i = 0; i < data.Length; i += BlockLength)
        {
            first = (first & ~(UInt128)uint.MaxValue) | unchecked((uint)first + 1);
            BinaryPrimitives.WriteUInt128BigEndian(stream, Encrypt(first));
            for (var j = i; j < Math.Min(i + BlockLength, data.Length); j++)
            {
                plain[j] = (byte)(data[j] ^ stream[j - i]);
            }
        }

        return plain;
    }

    private UInt128 Encrypt(UInt128 block)
    {
        Span<byte> bytes = stackalloc byte[BlockLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, block);
#pragma warning disable CA5358 // One block at a time is what GCM is built of.
        _aes.EncryptEcb(bytes, bytes, PaddingMode.None);
#pragma warning restore CA5358
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private UInt128 Hash(ReadOnlySpan<byte> associated, ReadOnlySpan<byte> data, UInt128 lengths) =>
        Multiply(Absorb(Absorb(0, associated), data) ^ lengths);

    private UInt128 Absorb(UInt128 state, ReadOnlySpan<byte> bytes)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(BlockLength, bytes.Length);
            block.Clear();
            bytes[..count].CopyTo(block);
            state = Multiply(state ^ Block(block));
            bytes = bytes[count..];
        }

        return state;
    }

    private static UInt128 Block(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128BigEndian(bytes);

    // In the field of GHASH the highest bit is the lowest power.
    private UInt128 Multiply(UInt128 x)
    {
        var reduction = (UInt128)0xe1 << 120;
        UInt128 z = 0;
        var v = _hashKey;
        for (var i = 127; i >= 0; i--)
        {
            z ^= v & (0 - ((x >> i) & 1));
            v = (v >> 1) ^ (reduction & (0 - (v & 1)));
        }

        return z;
    }
}
