using System.Numerics;
using System.Runtime.CompilerServices;

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
        var isTwo = @base == 2;
        var factor = Limbs(@base, _modulus.Length);
        Multiply(factor, _squareOfRadix, factor);
        var result = (ulong[])_one.Clone();
        var bits = exponent.ToByteArray(isUnsigned: true, isBigEndian: true);
        foreach (var octet in bits)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                Multiply(result, result, result);
                if (((octet >> bit) & 1) == 0)
                {
                    continue;
                }

                if (isTwo)
                {
                    Double(result);
                }
                else
                {
                    Multiply(result, factor, result);
                }
            }
        }

        return result;
    }

    /// <summary>Twice a number, less the modulus where it is too large.</summary>
    private void Double(ulong[] value)
    {
        var carry = 0UL;
        for (var i = 0; i < value.Length; i++)
        {
            var limb = value[i];
            _product[i] = (limb << 1) | carry;
            carry = limb >> 63;
        }

        Reduce(carry, value);
    }

    private void Multiply(ulong[] left, ulong[] right, ulong[] result)
    {
        var n = _modulus.Length;
        var t = _product.AsSpan(0, n + 2);
        t.Clear();
        var r = right.AsSpan(0, n);
        var modulus = _modulus.AsSpan(0, n);
        for (var i = 0; i < left.Length; i++)
        {
            var carry = 0UL;
            var a = left[i];
            for (var j = 0; j < r.Length; j++)
            {
                t[j] = MultiplyAdd(a, r[j], t[j], ref carry);
            }

            t[n] = unchecked(t[n] + carry);
            t[n + 1] = t[n] < carry ? 1UL : 0UL;

            var m = unchecked(t[0] * _inverse);
            carry = 0;
            MultiplyAdd(m, modulus[0], t[0], ref carry);
            for (var j = 1; j < modulus.Length; j++)
            {
                t[j - 1] = MultiplyAdd(m, modulus[j], t[j], ref carry);
            }

            t[n - 1] = unchecked(t[n] + carry);
            t[n] = t[n + 1] + (t[n - 1] < carry ? 1UL : 0UL);
        }

        Reduce(t[n], result);
    }

    /// <summary>The low half of <c>a * b + addend + carry</c>; the high half becomes the carry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyAdd(ulong a, ulong b, ulong addend, ref ulong carry)
    {
        unchecked
        {
            var high = Math.BigMul(a, b, out var low);
            low += addend;
            high += low < addend ? 1UL : 0UL;
            low += carry;
            carry = high + (low < carry ? 1UL : 0UL);
            return low;
        }
    }

    /// <summary>Moves the number at hand, which has one more limb, to a result below the modulus.</summary>
    private void Reduce(ulong top, ulong[] result)
    {
        var isLarge = top != 0 || !IsLess(_product);
        var borrow = 0UL;
        for (var i = 0; i < _modulus.Length; i++)
        {
            var limb = _product[i];
            if (!isLarge)
            {
                result[i] = limb;
                continue;
            }

            var difference = unchecked(limb - _modulus[i]);
            var less = limb < _modulus[i] ? 1UL : 0UL;
            result[i] = unchecked(difference - borrow);
            borrow = less | (difference < borrow ? 1UL : 0UL);
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
