using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Weir.GoTemplate.Sprig;

/// <summary>RSA keys that grow from a stream: the same stream gives the same key.</summary>
internal static class RsaKeys
{
    private const int Exponent = 65537;
    private const int Window = 8192;
    private const int Rounds = 3;

    /// <summary>The larger the primes sought, the dearer a candidate and the more small primes are worth trying.</summary>
    private static readonly int[] SmallPrimes = Sieve(1 << 16);
    private static readonly Lazy<int[]> ManySmallPrimes = new(() => Sieve(1 << 19));

    public static RSA Generate(int bits, RandomStream random)
    {
        while (true)
        {
            var (p, q) = (Prime(bits / 2, random), Prime(bits / 2, random));
            var modulus = p * q;
            if (p == q || modulus.GetBitLength() != bits)
            {
                continue;
            }

            if (p < q)
            {
                (p, q) = (q, p);
            }

            var d = Inverse(Exponent, (p - 1) * (q - 1));
            var rsa = RSA.Create();
            rsa.ImportParameters(new RSAParameters
            {
                Modulus = Bytes(modulus, bits / 8),
                Exponent = Bytes(Exponent, 3),
                D = Bytes(d, bits / 8),
                P = Bytes(p, bits / 16),
                Q = Bytes(q, bits / 16),
                DP = Bytes(d % (p - 1), bits / 16),
                DQ = Bytes(d % (q - 1), bits / 16),
                InverseQ = Bytes(Inverse(q, p), bits / 16),
            });
            return rsa;
        }
    }

    private static BigInteger Prime(int bits, RandomStream random)
    {
        // Both top bits set: the product of two such primes has all its bits.
        var top = BigInteger.One << (bits - 1);
        while (true)
        {
            var start = random.NextBits(bits) | top | (top >> 1) | 1;
            foreach (var offset in Candidates(start))
            {
                var candidate = start + offset;
                if (candidate.GetBitLength() == bits && candidate % Exponent != 1 && IsPrime(candidate, random))
                {
                    return candidate;
                }
            }
        }
    }

    /// <summary>The even distances from an odd start at which no small prime divides.</summary>
    private static IEnumerable<int> Candidates(BigInteger start)
    {
        var isComposite = new bool[Window];
        var limbs = Limbs(start);
        foreach (var prime in limbs.Length > 16 ? ManySmallPrimes.Value : SmallPrimes)
        {
            // The first odd number from the start on that the prime divides, as a count of steps of two.
            var rest = Remainder(limbs, prime);
            var step = rest == 0 ? 0 : (prime - rest) % 2 == 0 ? (prime - rest) / 2 : (prime - rest + prime) / 2;
            for (; step < Window; step += prime)
            {
                isComposite[step] = true;
            }
        }

        for (var i = 0; i < Window; i++)
        {
            if (!isComposite[i])
            {
                yield return i * 2;
            }
        }
    }

    /// <summary>The number in pieces of 64 bits, the highest first.</summary>
    private static ulong[] Limbs(BigInteger number)
    {
        var bytes = Bytes(number, (int)((number.GetBitLength() + 63) / 64 * 8));
        var limbs = new ulong[bytes.Length / 8];
        for (var i = 0; i < limbs.Length; i++)
        {
            limbs[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(i * 8));
        }

        return limbs;
    }

    private static int Remainder(ulong[] limbs, int divisor)
    {
        var small = (uint)divisor;
        var rest = 0UL;
        foreach (var limb in limbs)
        {
            rest = ((rest << 32) | (limb >> 32)) % small;
            rest = ((rest << 32) | (uint)limb) % small;
        }

        return (int)rest;
    }

    private static bool IsPrime(BigInteger candidate, RandomStream random)
    {
        var modulus = new MontgomeryModulus(candidate);
        if (!modulus.IsProbablePrime(candidate, 2))
        {
            return false;
        }

        for (var i = 0; i < Rounds; i++)
        {
            if (!modulus.IsProbablePrime(candidate, 2 + random.Next(candidate - 4)))
            {
                return false;
            }
        }

        return true;
    }

    private static BigInteger Inverse(BigInteger value, BigInteger modulus)
    {
        var (a, b) = (modulus, value % modulus);
        var (x, y) = (BigInteger.Zero, BigInteger.One);
        while (!b.IsZero)
        {
            var quotient = BigInteger.DivRem(a, b, out var rest);
            (a, b) = (b, rest);
            (x, y) = (y, x - (quotient * y));
        }

        return x.Sign < 0 ? x + modulus : x;
    }

    private static byte[] Bytes(BigInteger value, int length)
    {
        var bytes = new byte[length];
        var count = value.GetByteCount(isUnsigned: true);
        value.TryWriteBytes(bytes.AsSpan(length - count), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }

    private static int[] Sieve(int limit)
    {
        var isComposite = new bool[limit];
        var primes = new List<int>();
        for (var i = 3; i < limit; i += 2)
        {
            if (!isComposite[i])
            {
                primes.Add(i);
                for (var j = (long)i * i; j < limit; j += 2 * i)
                {
                    isComposite[j] = true;
                }
            }
        }

        return [.. primes];
    }
}
