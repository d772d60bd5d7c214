namespace Weir.GoTemplate.Tests;

/// <summary>A host whose clock stands still and whose random bytes are all the same.</summary>
internal sealed class FixedHost : TemplateHost
{
    public List<CallSite> Sites { get; } = [];

    public override DateTimeOffset Now => DateTimeOffset.UnixEpoch;

    public override void FillRandom(CallSite site, Span<byte> buffer)
    {
        Sites.Add(site);
        buffer.Fill(7);
    }
}
