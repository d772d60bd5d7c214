using System.Buffers.Binary;

namespace Weir.Rendering;

/// <summary>The X25519 function of RFC 7748, in constant time; numbers modulo 2^255-19 are five limbs of 51 bits.</summary>
internal static class X25519
{
    private const ulong Mask = (1ul << 51) - 1;

    /// <summary>The public key of a private key.</summary>
    public static byte[] PublicKey(ReadOnlySpan<byte> scalar)
    {
        Span<byte> point = stackalloc byte[32];
        point.Clear();
        point[0] = 9;
        return Multiply(scalar, point);
    }

    /// <summary>The shared secret of a private and a public key.</summary>
    public static byte[] Multiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point)
    {
        Span<byte> k = stackalloc byte[32];
        scalar.CopyTo(k);
        k[0] &= 248;
        k[31] = (byte)((k[31] & 127) | 64);
        var x1 = Load(point);
        ulong[] x2 = [1, 0, 0, 0, 0];
        ulong[] z2 = [0, 0, 0, 0, 0];
        ulong[] x3 = [.. x1];
        ulong[] z3 = [1, 0, 0, 0, 0];
        var swap = 0ul;
        for (var t = 254; t >= 0; t--)
        {
            var bit = (ulong)(k[t >> 3] >> (t & 7)) & 1;
            Swap(swap ^ bit, x2, x3);
            Swap(swap ^ bit, z2, z3);
            swap = bit;
            var a = Add(x2, z2);
            var aa = Multiply(a, a);
            var b = Subtract(x2, z2);
            var bb = Multiply(b, b);
            var e = Subtract(aa, bb);
            var da = Multiply(Subtract(x3, z3), a);
            var cb = Multiply(Add(x3, z3), b);
            var sum = Add(da, cb);
            var difference = Subtract(da, cb);
            x3 = Multiply(sum, sum);
            z3 = Multiply(x1, Multiply(difference, difference));
            x2 = Multiply(aa, bb);
            z2 = Multiply(e, Add(aa, Multiply(e, [121665, 0, 0, 0, 0])));
        }

        Swap(swap, x2, x3);
        Swap(swap, z2, z3);
        return Store(Multiply(x2, Invert(z2)));
    }

    private static ulong[] Load(ReadOnlySpan<byte> bytes)
    {
        var (a, b) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
        var (c, d) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
        return [a & Mask, ((a >> 51) | (b << 13)) & Mask, ((b >> 38) | (c << 26)) & Mask, ((c >> 25) | (d << 39)) & Mask, (d >> 12) & Mask];
    }

    private static byte[] Store(ulong[] value)
    {
        var v = Carry(Carry(value));

        // Whether the value is at least 2^255-19.
        var q = (v[0] + 19) >> 51;
        for (var i = 1; i < 5; i++)
        {
            q = (v[i] + q) >> 51;
        }

        v[0] += 19 * q;
        for (var i = 0; i < 4; i++)
        {
            v[i + 1] += v[i] >> 51;
            v[i] &= Mask;
        }

        v[4] &= Mask;
        var bytes = new byte[32];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, v[0] | (v[1] << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), (v[1] >> 13) | (v[2] << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), (v[2] >> 26) | (v[3] << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), (v[3] >> 39) | (v[4] << 12));
        return bytes;
    }

    private static void Swap(ulong condition, ulong[] a, ulong[] b)
    {
        var mask = 0 - condition;
        for (var i = 0; i < 5; i++)
        {
            var x = mask & (a[i] ^ b[i]);
            a[i] ^= x;
            b[i] ^= x;
        }
    }

    private static ulong[] Add(ulong[] a, ulong[] b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]];

    // Four times the modulus is added, so that no limb goes below zero.
    private static ulong[] Subtract(ulong[] a, ulong[] b)
    {
        const ulong First = 0x1fffffffffffb4;
        const ulong Other = 0x1ffffffffffffc;
        return Carry([a[0] + First - b[0], a[1] + Other - b[1], a[2] + Other - b[2], a[3] + Other - b[3], a[4] + Other - b[4]]);
    }

    private static ulong[] Carry(ulong[] v)
    {
        ulong[] r = [.. v];
        for (var i = 0; i < 4; i++)
        {
            r[i + 1] += r[i] >> 51;
            r[i] &= Mask;
        }

        r[0] += 19 * (r[4] >> 51);
        r[4] &= Mask;
        return r;
    }

    private static ulong[] Multiply(ulong[] a, ulong[] b)
    {
        Span<UInt128> t = stackalloc UInt128[5];
        t.Clear();
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 5; j++)
            {
                var product = (UInt128)a[i] * b[j];
                if (i + j < 5)
                {
                    t[i + j] += product;
                }
                else
                {
                    t[i + j - 5] += product * 19;
                }
            }
        }

        var r = new ulong[5];
        UInt128 carry = 0;
        for (var i = 0; i < 5; i++)
        {
            var sum = t[i] + carry;
            r[i] = (ulong)sum & Mask;
            carry = sum >> 51;
        }

        var low = (UInt128)r[0] + (carry * 19);
        r[0] = (ulong)low & Mask;
        r[1] += (ulong)(low >> 51);
        return r;
    }

    // Fermat: the power 2^255-21.
    private static ulong[] Invert(ulong[] value)
    {
        ulong[] result = [1, 0, 0, 0, 0];
        for (var bit = 254; bit >= 0; bit--)
        {
            result = Multiply(result, result);
            if (bit is not (2 or 4))
            {
                result = Multiply(result, value);
            }
        }

        return result;
    }
}
