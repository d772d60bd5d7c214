namespace Weir.Sources.Signatures;

/// <summary>A certificate authority that a trusted root names: its chain, the root last, and when it was in use.</summary>
internal sealed record TrustedAuthority(IReadOnlyList<byte[]> Chain, DateTimeOffset From, DateTimeOffset Until)
{
    public bool IsValidAt(DateTimeOffset time) => From <= time && time <= Until;
}
