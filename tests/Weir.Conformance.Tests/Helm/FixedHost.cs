using Weir.GoTemplate;

namespace Weir.Conformance.Tests.Helm;

/// <summary>A world in which nothing happens.</summary>
internal sealed class FixedHost : TemplateHost
{
    public override DateTimeOffset Now => DateTimeOffset.UnixEpoch;

    public override void FillRandom(CallSite site, Span<byte> buffer) => buffer.Clear();
}
