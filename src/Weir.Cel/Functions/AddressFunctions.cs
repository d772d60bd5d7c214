using System.Net;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>IP addresses.</summary>
internal static class AddressFunctions
{
    private static readonly CelType Type = CelAddress.AddressType;

    public static CelFunction[] All { get; } =
    [
        new("ip", Global("string_to_ip", [CelType.String], Type, a => Read(((StringValue)a[0]).Value))),
        new("isIP", Global("is_ip", [CelType.String], CelType.Bool, a => BoolValue.Of(Read(((StringValue)a[0]).Value) is CelAddress))),
        new("ip.isCanonical", Global("ip_is_canonical", [CelType.String], CelType.Bool, a =>
            Read(((StringValue)a[0]).Value) is CelAddress address ? BoolValue.Of(address.ToString() == ((StringValue)a[0]).Value) : Read(((StringValue)a[0]).Value))),
        new("family", Member("ip_family", [Type], CelType.Int, a => new IntValue(((CelAddress)a[0]).IsV4 ? 4 : 6))),
        Test("isUnspecified", "ip_is_unspecified", IsUnspecified),
        Test("isLoopback", "ip_is_loopback", b => b.Length == 4 ? b[0] == 127 : IsOne(b)),
        Test("isLinkLocalMulticast", "ip_is_link_local_multicast", b => b.Length == 4 ? b[0] == 224 && b[1] == 0 && b[2] == 0 : b[0] == 0xFF && (b[1] & 0x0F) == 2),
        Test("isLinkLocalUnicast", "ip_is_link_local_unicast", IsLinkLocalUnicast),
        Test("isGlobalUnicast", "ip_is_global_unicast", b =>
            !IsUnspecified(b) && !(b.Length == 4 ? b[0] == 127 || b.All(x => x == 255) : IsOne(b))
            && !(b.Length == 4 ? (b[0] & 0xF0) == 0xE0 : b[0] == 0xFF) && !IsLinkLocalUnicast(b)),
        new("string", Global("ip_to_string", [Type], CelType.String, a => new StringValue(a[0].ToString()!))),
    ];

    /// <summary>An address as Kubernetes takes it: without zone, and no IPv4 address in IPv6's clothes.</summary>
    public static Value Read(string text)
    {
        if (AddressText.Parse(text, out var error) is not { } address)
        {
            return new CelError($"IP Address {GoQuote.Quote(text)} parse error during conversion from string: {error}");
        }

        return AddressText.HasZone(address) ? new CelError($"IP address {GoQuote.Quote(text)} with zone value is not allowed")
            : address.IsIPv4MappedToIPv6 ? new CelError($"IPv4-mapped IPv6 address {GoQuote.Quote(text)} is not allowed")
            : new CelAddress(address);
    }

    private static CelFunction Test(string name, string id, Func<byte[], bool> holds) =>
        new(name, Member(id, [Type], CelType.Bool, a => BoolValue.Of(holds(((CelAddress)a[0]).Address.GetAddressBytes()))));

    private static bool IsUnspecified(byte[] bytes) => Array.TrueForAll(bytes, b => b == 0);

    private static bool IsOne(byte[] bytes) => bytes[^1] == 1 && bytes.AsSpan(0, bytes.Length - 1).IndexOfAnyExcept((byte)0) < 0;

    private static bool IsLinkLocalUnicast(byte[] bytes) =>
        bytes.Length == 4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80;
}
