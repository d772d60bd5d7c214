namespace Weir.GoTemplate.Sprig;

/// <summary>Go's <c>encoding/base64</c> and <c>encoding/base32</c> with padding: line breaks are skipped, errors name the byte.</summary>
internal static class GoBase64
{
    private const string Base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static readonly byte[] Base64Values = ValuesOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static readonly byte[] Base32Values = ValuesOf(Base32Alphabet);

    /// <summary>The bytes, or an error in Go's words.</summary>
    public static (byte[] Bytes, string? Error) Decode64(ReadOnlySpan<byte> text) => Decode(text, Base64Values, 4, 6, "base64");

    /// <inheritdoc cref="Decode64"/>
    public static (byte[] Bytes, string? Error) Decode32(ReadOnlySpan<byte> text) => Decode(text, Base32Values, 8, 5, "base32");

    public static string Encode32(ReadOnlySpan<byte> bytes)
    {
        var output = new char[(bytes.Length + 4) / 5 * 8];
        output.AsSpan().Fill('=');
        var (bits, count, at) = (0UL, 0, 0);
        foreach (var b in bytes)
        {
            bits = (bits << 8) | b;
            count += 8;
            while (count >= 5)
            {
                count -= 5;
                output[at++] = Base32Alphabet[(int)(bits >> count) & 31];
            }
        }

        if (count > 0)
        {
            output[at] = Base32Alphabet[(int)(bits << (5 - count)) & 31];
        }

        return new string(output);
    }

    private static (byte[] Bytes, string? Error) Decode(ReadOnlySpan<byte> text, byte[] values, int quantum, int width, string name)
    {
        var output = new List<byte>(text.Length * width / 8);
        var at = 0;
        while (true)
        {
            var (bits, digits) = (0UL, 0);
            var padded = false;
            while (digits < quantum)
            {
                if (at == text.Length)
                {
                    return digits == 0 ? ([.. output], null) : ([], Corrupt(name, at - digits));
                }

                var c = text[at++];
                if (values[c] != 0xFF)
                {
                    bits = (bits << width) | values[c];
                    digits++;
                }
                else if (c is (byte)'\n' or (byte)'\r')
                {
                    continue;
                }
                else if (c != '=' || TakePadding(text, ref at, quantum, digits) is false)
                {
                    return ([], Corrupt(name, at - 1));
                }
                else
                {
                    padded = true;
                    break;
                }
            }

            Emit(output, bits, digits * width);
            if (!padded)
            {
                continue;
            }

            SkipLineBreaks(text, ref at);
            return at < text.Length ? ([], Corrupt(name, at)) : ([.. output], null);
        }
    }

    /// <summary>Takes the rest of the padding whose first sign is read; false leaves <paramref name="at"/> behind the mistake.</summary>
    private static bool TakePadding(ReadOnlySpan<byte> text, ref int at, int quantum, int digits)
    {
        var allowed = quantum == 4 ? digits >= 2 : digits is 2 or 4 or 5 or 7;
        if (!allowed)
        {
            return false;
        }

        for (var i = digits + 1; i < quantum; i++)
        {
            SkipLineBreaks(text, ref at);
            if (at == text.Length)
            {
                at++;
                return false;
            }

            if (text[at] != '=')
            {
                return false;
            }

            at++;
        }

        return true;
    }

    private static void SkipLineBreaks(ReadOnlySpan<byte> text, ref int at)
    {
        while (at < text.Length && text[at] is (byte)'\n' or (byte)'\r')
        {
            at++;
        }
    }

    private static void Emit(List<byte> output, ulong bits, int count)
    {
        for (var shift = count - 8; shift >= 0; shift -= 8)
        {
            output.Add((byte)(bits >> shift));
        }
    }

    private static string Corrupt(string name, int at) => $"illegal {name} data at input byte {GoValue.Invariant(at)}";

    private static byte[] ValuesOf(string alphabet)
    {
        var values = new byte[256];
        values.AsSpan().Fill(0xFF);
        for (var i = 0; i < alphabet.Length; i++)
        {
            values[alphabet[i]] = (byte)i;
        }

        return values;
    }
}
