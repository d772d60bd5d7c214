using System.Net;
using System.Net.Sockets;
using Weir.Values;

namespace Weir.Cel;

/// <summary>An IP address.</summary>
public sealed class CelAddress(IPAddress address) : CelValue
{
    internal static CelType AddressType { get; } = CelType.Opaque("net.IP");

    public IPAddress Address { get; } = address;

    public bool IsV4 => Address.AddressFamily == AddressFamily.InterNetwork;

    public override CelType Type => AddressType;

    public override long Size => IsV4 ? 4 : 16;

    public override bool ComparesOwnTypeOnly => true;

    public override bool Equals(Value? other) => other is CelAddress a && a.Address.Equals(Address);

    public override int GetHashCode() => Address.GetHashCode();

    public override Value ToPlain() => ToString();

    public override string ToString() => Functions.AddressText.Print(Address);
}
