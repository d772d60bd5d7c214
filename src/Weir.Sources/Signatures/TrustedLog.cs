namespace Weir.Sources.Signatures;

/// <summary>A log that a trusted root names, and when its key was in use.</summary>
internal sealed record TrustedLog(byte[] Id, SignatureKey Key, DateTimeOffset From, DateTimeOffset Until)
{
    public bool IsValidAt(DateTimeOffset time) => From <= time && time <= Until;
}
