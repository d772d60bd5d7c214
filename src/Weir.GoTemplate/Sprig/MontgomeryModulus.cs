using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
        _product = new ulong[limbs * 2];
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
            Square(power, power);
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
                Square(result, result);
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

        Reduce(carry, _product.AsSpan(0, value.Length), value);
    }

    private void Multiply(ulong[] left, ulong[] right, ulong[] result)
    {
        var n = _modulus.Length;
        _product.AsSpan().Clear();
        ref var product = ref MemoryMarshal.GetArrayDataReference(_product);
        for (var i = 0; i < n; i++)
        {
            Unsafe.Add(ref product, i + n) = AddMultiple(ref Unsafe.Add(ref product, i), right, left[i], n);
        }

        Reduce(result);
    }

    /// <summary>As multiplying a number with itself, in three quarters of the time: each mixed product is needed once.</summary>
    private void Square(ulong[] value, ulong[] result)
    {
        var n = _modulus.Length;
        _product.AsSpan().Clear();
        ref var product = ref MemoryMarshal.GetArrayDataReference(_product);
        for (var i = 0; i + 1 < n; i++)
        {
            Unsafe.Add(ref product, i + n) = AddMultiple(ref Unsafe.Add(ref product, (2 * i) + 1), value.AsSpan(i + 1), value[i], n - i - 1);
        }

        var shifted = 0UL;
        var carry = 0UL;
        for (var i = 0; i < n; i++)
        {
            ref var low = ref Unsafe.Add(ref product, 2 * i);
            ref var high = ref Unsafe.Add(ref product, (2 * i) + 1);
            var doubledLow = (low << 1) | shifted;
            var doubledHigh = (high << 1) | (low >> 63);
            shifted = high >> 63;
            low = MultiplyAdd(value[i], value[i], doubledLow, ref carry);
            high = unchecked(doubledHigh + carry);
            carry = high < carry ? 1UL : 0UL;
        }

        Reduce(result);
    }

    /// <summary>Divides the product by the radix modulo the modulus.</summary>
    private void Reduce(ulong[] result)
    {
        var n = _modulus.Length;
        ref var product = ref MemoryMarshal.GetArrayDataReference(_product);
        var carry = 0UL;
        for (var i = 0; i < n; i++)
        {
            var factor = unchecked(Unsafe.Add(ref product, i) * _inverse);
            var over = AddMultiple(ref Unsafe.Add(ref product, i), _modulus, factor, n);
            ref var top = ref Unsafe.Add(ref product, i + n);
            var sum = unchecked(top + over);
            var overflow = sum < over ? 1UL : 0UL;
            sum = unchecked(sum + carry);
            carry = overflow | (sum < carry ? 1UL : 0UL);
            top = sum;
        }

        Reduce(carry, _product.AsSpan(n, n), result);
    }

    /// <summary>Adds a multiple of a number to as many limbs; answers what goes into the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong AddMultiple(ref ulong target, ReadOnlySpan<ulong> number, ulong factor, int count)
    {
        ref var source = ref MemoryMarshal.GetReference(number);
        var carry = 0UL;
        for (var i = 0; i < count; i++)
        {
            ref var limb = ref Unsafe.Add(ref target, i);
            limb = MultiplyAdd(factor, Unsafe.Add(ref source, i), limb, ref carry);
        }

        return carry;
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

    /// <summary>A number with one more limb, made less than the modulus.</summary>
    private void Reduce(ulong top, ReadOnlySpan<ulong> value, ulong[] result)
    {
        if (top == 0 && IsLess(value))
        {
            value.CopyTo(result);
            return;
        }

        var borrow = 0UL;
        for (var i = 0; i < _modulus.Length; i++)
        {
            var limb = value[i];
            var difference = unchecked(limb - _modulus[i]);
            var less = limb < _modulus[i] ? 1UL : 0UL;
            result[i] = unchecked(difference - borrow);
            borrow = less | (difference < borrow ? 1UL : 0UL);
        }
    }

    private bool IsLess(ReadOnlySpan<ulong> value)
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
