using System.Net;
using Weir.Values;

namespace Weir.Cel;

/// <summary>A network: an address and how many of its bits all its addresses share.</summary>
public sealed class CelNetwork(IPAddress address, int bits) : CelValue
{
    internal static CelType NetworkType { get; } = CelType.Opaque("net.CIDR");

    public IPAddress Address { get; } = address;

    public int Bits { get; } = bits;

    public override CelType Type => NetworkType;

    public override long Size => (Bits + 7) / 8;

    public override bool ComparesOwnTypeOnly => true;

    public override bool Equals(Value? other) => other is CelNetwork n && n.Bits == Bits && n.Address.Equals(Address);

    public override int GetHashCode() => HashCode.Combine(Address, Bits);

    public override Value ToPlain() => ToString();

    public override string ToString() => $"{Functions.AddressText.Print(Address)}/{Bits}";
}
