using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Weir.GoTemplate.Sprig;

/// <summary>Go's <c>net.ParseIP</c>: four decimal numbers without leading zeros, or IPv6 without a zone.</summary>
internal static class GoIpAddress
{
    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.Contains(':', StringComparison.Ordinal))
        {
            if (text.AsSpan().IndexOfAny("%[]/") >= 0 || !IPAddress.TryParse(text, out address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            {
                return false;
            }

            address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            return true;
        }

        var parts = text.Split('.');
        return parts.Length == 4 && parts.All(IsByte) && IPAddress.TryParse(text, out address);
    }

    private static bool IsByte(string part) =>
        part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0') && int.Parse(part, System.Globalization.CultureInfo.InvariantCulture) <= 255;
}
