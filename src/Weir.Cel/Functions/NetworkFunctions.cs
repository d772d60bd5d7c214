using System.Globalization;
using System.Net;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>Networks in CIDR notation.</summary>
internal static class NetworkFunctions
{
    private static readonly CelType Type = CelNetwork.NetworkType;

    public static CelFunction[] All { get; } =
    [
        new("cidr", Global("string_to_cidr", [CelType.String], Type, a => Convert(a[0]))),
        new("isCIDR", Global("is_cidr", [CelType.String], CelType.Bool, a => BoolValue.Of(Read(((StringValue)a[0]).Value, out _) is not null))),
        new(
            "containsIP",
            Member("cidr_contains_ip_string", [Type, CelType.String], CelType.Bool, a => AddressFunctions.Read(((StringValue)a[1]).Value) switch
            {
                CelAddress address => Contains((CelNetwork)a[0], address.Address),
                var error => error,
            }),
            Member("cidr_contains_ip_ip", [Type, CelAddress.AddressType], CelType.Bool, a => Contains((CelNetwork)a[0], ((CelAddress)a[1]).Address))),
        new(
            "containsCIDR",
            Member("cidr_contains_cidr_string", [Type, CelType.String], CelType.Bool, a => Convert(a[1]) switch
            {
                CelNetwork network => Contains((CelNetwork)a[0], network),
                var error => error,
            }),
            Member("cidr_contains_cidr", [Type, Type], CelType.Bool, a => Contains((CelNetwork)a[0], (CelNetwork)a[1]))),
        new("ip", Member("cidr_ip", [Type], CelAddress.AddressType, a => new CelAddress(((CelNetwork)a[0]).Address))),
        new("prefixLength", Member("cidr_prefix_length", [Type], CelType.Int, a => new IntValue(((CelNetwork)a[0]).Bits))),
        new("masked", Member("cidr_masked", [Type], Type, a => Masked((CelNetwork)a[0]))),
        new("string", Global("cidr_to_string", [Type], CelType.String, a => new StringValue(a[0].ToString()!))),
    ];

    private static Value Convert(Value text) =>
        Read(((StringValue)text).Value, out var error) ?? (Value)new CelError($"network address parse error during conversion from string: {error}");

    private static CelNetwork? Read(string text, out string error)
    {
        var prefix = ReadPrefix(text, out var problem);
        error = prefix is null
            ? $"network address parse error during conversion from string: netip.ParsePrefix({GoQuote.Quote(text)}): {problem}"
            : $"IPv4-mapped IPv6 address {GoQuote.Quote(text)} is not allowed";
        return prefix is null || prefix.Address.IsIPv4MappedToIPv6 ? null : prefix;
    }

    private static CelNetwork? ReadPrefix(string text, out string error)
    {
        var slash = text.LastIndexOf('/');
        if (slash < 0)
        {
            error = "no '/'";
            return null;
        }

        if (AddressText.Parse(text[..slash], out error) is not { } address)
        {
            return null;
        }

        if (AddressText.HasZone(address))
        {
            error = "IPv6 zones cannot be present in a prefix";
            return null;
        }

        var bits = text[(slash + 1)..];
        if (bits.Length == 0 || bits.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0 || (bits.Length > 1 && bits[0] == '0'))
        {
            error = $"bad bits after slash: {GoQuote.Quote(bits)}";
            return null;
        }

        var most = address.GetAddressBytes().Length * 8;
        if (!int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > most)
        {
            error = "prefix length out of range";
            return null;
        }

        return new CelNetwork(address, count);
    }

    private static BoolValue Contains(CelNetwork network, IPAddress address)
    {
        var mine = network.Address.GetAddressBytes();
        var other = address.GetAddressBytes();
        return BoolValue.Of(mine.Length == other.Length && ShareBits(mine, other, network.Bits));
    }

    private static BoolValue Contains(CelNetwork network, CelNetwork other) =>
        BoolValue.Of(network.Bits <= other.Bits && Contains(network, other.Address).Value);

    private static bool ShareBits(byte[] left, byte[] right, int bits)
    {
        var whole = bits / 8;
        if (!left.AsSpan(0, whole).SequenceEqual(right.AsSpan(0, whole)))
        {
            return false;
        }

        var rest = 8 - (bits % 8);
        return rest == 8 || left[whole] >> rest == right[whole] >> rest;
    }

    private static CelNetwork Masked(CelNetwork network)
    {
        var bytes = network.Address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(network.Bits - (8 * i), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new CelNetwork(new IPAddress(bytes), network.Bits);
    }
}
