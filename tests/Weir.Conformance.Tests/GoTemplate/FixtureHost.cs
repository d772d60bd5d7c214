using Weir.GoTemplate;

namespace Weir.Conformance.Tests.GoTemplate;

/// <summary>The upstream tests need nothing from the world.</summary>
internal sealed class FixtureHost : TemplateHost
{
    public override DateTimeOffset Now => DateTimeOffset.UnixEpoch;

    public override void FillRandom(CallSite site, Span<byte> buffer) => buffer.Clear();
}
