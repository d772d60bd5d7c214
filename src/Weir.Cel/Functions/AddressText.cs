using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Weir.Values;

namespace Weir.Cel.Functions;

/// <summary>Addresses as Go's <c>net/netip</c> reads and prints them.</summary>
internal static class AddressText
{
    /// <summary>Reads an address; <see langword="null"/> with Go's message when the text is none.</summary>
    public static IPAddress? Parse(string text, out string error)
    {
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '.':
                    return ParseV4(text, text, out error);
                case ':':
                    return ParseV6(text, out error);
                case '%':
                    error = Failure(text, "missing IPv6 address");
                    return null;
            }
        }

        error = Failure(text, "unable to parse IP");
        return null;
    }

    /// <summary>The shortest form: lower case, the longest run of zeros left out.</summary>
    public static string Print(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (bytes.Length == 4)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes[0]}.{bytes[1]}.{bytes[2]}.{bytes[3]}");
        }

        var (zeroStart, zeroEnd) = (8, 8);
        for (var i = 0; i < 8; i++)
        {
            var end = i;
            while (end < 8 && Group(bytes, end) == 0)
            {
                end++;
            }

            if (end - i >= 2 && end - i > zeroEnd - zeroStart)
            {
                (zeroStart, zeroEnd) = (i, end);
            }
        }

        var text = new System.Text.StringBuilder();
        for (var i = 0; i < 8; i++)
        {
            if (i == zeroStart)
            {
                text.Append("::");
                i = zeroEnd;
                if (i >= 8)
                {
                    break;
                }
            }
            else if (i > 0)
            {
                text.Append(':');
            }

            text.Append(Group(bytes, i).ToString("x", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static int Group(byte[] bytes, int index) => (bytes[2 * index] << 8) | bytes[(2 * index) + 1];

    private static string Failure(string text, string message, string? at = null) =>
        $"ParseAddr({GoQuote.Quote(text)}): {message}{(at is null ? "" : $" (at {GoQuote.Quote(at)})")}";

    private static IPAddress? ParseV4(string whole, string text, out string error)
    {
        var bytes = new byte[4];
        var (part, value, digits) = (0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c))
            {
                if (digits == 1 && value == 0)
                {
                    return Fail(out error, Failure(whole, "IPv4 field has octet with leading zero"));
                }

                value = (value * 10) + c - '0';
                digits++;
                if (value > 255)
                {
                    return Fail(out error, Failure(whole, "IPv4 field has value >255"));
                }
            }
            else if (c == '.')
            {
                if (i == 0 || i == text.Length - 1 || text[i - 1] == '.')
                {
                    return Fail(out error, Failure(whole, "IPv4 field must have at least one digit", text[i..]));
                }

                if (part == 3)
                {
                    return Fail(out error, Failure(whole, "IPv4 address too long"));
                }

                bytes[part++] = (byte)value;
                (value, digits) = (0, 0);
            }
            else
            {
                return Fail(out error, Failure(whole, "unexpected character", text[i..]));
            }
        }

        if (part < 3)
        {
            return Fail(out error, Failure(whole, "IPv4 address too short"));
        }

        bytes[3] = (byte)value;
        error = "";
        return new IPAddress(bytes);
    }

    private static IPAddress? ParseV6(string whole, out string error)
    {
        var percent = whole.IndexOf('%', StringComparison.Ordinal);
        if (percent == whole.Length - 1)
        {
            return Fail(out error, Failure(whole, "zone must be a non-empty string"));
        }

        var text = percent < 0 ? whole : whole[..percent];
        var bytes = new byte[16];
        var (ellipsis, at) = (-1, 0);
        if (text.StartsWith("::", StringComparison.Ordinal))
        {
            ellipsis = 0;
            text = text[2..];
            if (text.Length == 0)
            {
                error = "";
                return WithZone(bytes, percent >= 0);
            }
        }

        while (at < 16)
        {
            var (length, value) = (0, 0);
            while (length < text.Length && char.IsAsciiHexDigit(text[length]))
            {
                value = (value << 4) + Convert.ToInt32(text.Substring(length, 1), 16);
                if (length > 3)
                {
                    return Fail(out error, Failure(whole, "each group must have 4 or less digits", text));
                }

                length++;
            }

            if (length == 0)
            {
                return Fail(out error, Failure(whole, "each colon-separated field must have at least one digit", text));
            }

            if (length < text.Length && text[length] == '.')
            {
                if (ellipsis < 0 && at != 12)
                {
                    return Fail(out error, Failure(whole, "embedded IPv4 address must replace the final 2 fields of the address", text));
                }

                if (at + 4 > 16)
                {
                    return Fail(out error, Failure(whole, "too many hex fields to fit an embedded IPv4 at the end of the address", text));
                }

                if (ParseV4(whole, text, out error) is not { } embedded)
                {
                    return null;
                }

                embedded.GetAddressBytes().CopyTo(bytes, at);
                text = "";
                at += 4;
                break;
            }

            bytes[at++] = (byte)(value >> 8);
            bytes[at++] = (byte)value;
            text = text[length..];
            if (text.Length == 0)
            {
                break;
            }

            if (text[0] != ':')
            {
                return Fail(out error, Failure(whole, "unexpected character, want colon", text));
            }

            if (text.Length == 1)
            {
                return Fail(out error, Failure(whole, "colon must be followed by more characters", text));
            }

            text = text[1..];
            if (text[0] == ':')
            {
                if (ellipsis >= 0)
                {
                    return Fail(out error, Failure(whole, "multiple :: in address", text));
                }

                ellipsis = at;
                text = text[1..];
                if (text.Length == 0)
                {
                    break;
                }
            }
        }

        if (text.Length > 0)
        {
            return Fail(out error, Failure(whole, "trailing garbage after address", text));
        }

        if (at < 16 && ellipsis < 0)
        {
            return Fail(out error, Failure(whole, "address string too short"));
        }

        if (at == 16 && ellipsis >= 0)
        {
            return Fail(out error, Failure(whole, "the :: must expand to at least one field of zeros"));
        }

        if (at < 16)
        {
            var moved = bytes[ellipsis..at];
            Array.Clear(bytes, ellipsis, at - ellipsis);
            moved.CopyTo(bytes, 16 - moved.Length);
        }

        error = "";
        return WithZone(bytes, percent >= 0);
    }

    // Only whether there is a zone matters: Kubernetes takes none.
    private static IPAddress WithZone(byte[] bytes, bool hasZone) => new(bytes, hasZone ? 1 : 0);

    private static IPAddress? Fail(out string error, string message)
    {
        error = message;
        return null;
    }

    /// <summary>True for an IPv6 address with a zone.</summary>
    public static bool HasZone(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0;
}
