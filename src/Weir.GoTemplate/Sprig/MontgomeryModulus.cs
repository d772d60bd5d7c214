using System.Numerics;

namespace Weir.GoTemplate.Sprig;

/// <summary>Powers modulo an odd number, in Montgomery form: what the search for large primes spends its time on.</summary>
internal sealed class MontgomeryModulus
{
    private readonly ulong[] _modulus;
    private readonly ulong[] _one;
    private readonly ulong[] _squareOfRadix;
    private readonly ulong[] _product;
    private readonly ulong _inverse;

    public MontgomeryModulus(BigInteger modulus)
    {
        var limbs = (int)((modulus.GetBitLength() + 63) / 64);
        _modulus = Limbs(modulus, limbs);
        _product = new ulong[limbs + 2];
        var radix = BigInteger.One << (limbs * 64);
        _one = Limbs(radix % modulus, limbs);
        _squareOfRadix = Limbs(radix * radix % modulus, limbs);
        var inverse = 1UL;
        for (var i = 0; i < 6; i++)
        {
            inverse = unchecked(inverse * (2 - (_modulus[0] * inverse)));
        }

        _inverse = unchecked(0 - inverse);
    }

    /// <summary>Whether the number is prime as far as one base can tell (Miller and Rabin).</summary>
    public bool IsProbablePrime(BigInteger candidate, BigInteger @base)
    {
        var odd = candidate - 1;
        var twos = 0;
        while (odd.IsEven)
        {
            odd >>= 1;
            twos++;
        }

        var power = Power(@base, odd);
        var minusOne = Limbs(candidate - 1, _modulus.Length);
        Multiply(minusOne, _squareOfRadix, minusOne);
        if (power.AsSpan().SequenceEqual(_one) || power.AsSpan().SequenceEqual(minusOne))
        {
            return true;
        }

        for (var i = 1; i < twos; i++)
        {
            Multiply(power, power, power);
            if (power.AsSpan().SequenceEqual(minusOne))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The power, still in Montgomery form.</summary>
    private ulong[] Power(BigInteger @base, BigInteger exponent)
    {
        var factor = Limbs(@base, _modulus.Length);
        Multiply(factor, _squareOfRadix, factor);
        var result = (ulong[])_one.Clone();
        var bits = exponent.ToByteArray(isUnsigned: true, isBigEndian: true);
        foreach (var octet in bits)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                Multiply(result, result, result);
                if (((octet >> bit) & 1) != 0)
                {
                    Multiply(result, factor, result);
                }
            }
        }

        return result;
    }

    private void Multiply(ulong[] left, ulong[] right, ulong[] result)
    {
        var n = _modulus.Length;
        var t = _product;
        Array.Clear(t);
        for (var i = 0; i < n; i++)
        {
            var carry = 0UL;
            var a = left[i];
            for (var j = 0; j < n; j++)
            {
                var sum = ((UInt128)a * right[j]) + t[j] + carry;
                t[j] = (ulong)sum;
                carry = (ulong)(sum >> 64);
            }

            var top = (UInt128)t[n] + carry;
            t[n] = (ulong)top;
            t[n + 1] = (ulong)(top >> 64);

            var m = unchecked(t[0] * _inverse);
            carry = (ulong)((((UInt128)m * _modulus[0]) + t[0]) >> 64);
            for (var j = 1; j < n; j++)
            {
                var sum = ((UInt128)m * _modulus[j]) + t[j] + carry;
                t[j - 1] = (ulong)sum;
                carry = (ulong)(sum >> 64);
            }

            top = (UInt128)t[n] + carry;
            t[n - 1] = (ulong)top;
            t[n] = unchecked(t[n + 1] + (ulong)(top >> 64));
        }

        var isLarge = t[n] != 0 || !IsLess(t);
        var borrow = 0UL;
        for (var i = 0; i < n; i++)
        {
            if (!isLarge)
            {
                result[i] = t[i];
                continue;
            }

            var difference = (UInt128)t[i] - _modulus[i] - borrow;
            result[i] = (ulong)difference;
            borrow = (ulong)(difference >> 64) & 1;
        }
    }

    private bool IsLess(ulong[] value)
    {
        for (var i = _modulus.Length - 1; i >= 0; i--)
        {
            if (value[i] != _modulus[i])
            {
                return value[i] < _modulus[i];
            }
        }

        return false;
    }

    private static ulong[] Limbs(BigInteger value, int count)
    {
        var bytes = new byte[count * 8];
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        var limbs = new ulong[count];
        for (var i = 0; i < count; i++)
        {
            limbs[i] = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * 8));
        }

        return limbs;
    }
}
