namespace Weir.GoTemplate;

/// <summary>
/// The world as templates may see it, handed in by the caller, since the engine reads no clock and no random source.
/// Deterministic hosts answer random bytes from a stream keyed by seed and call site. Languages above derive from it
/// to hand their own services to their own functions.
/// </summary>
public abstract class TemplateHost
{
    /// <summary>The time that <c>now</c> answers; the same during a whole execution.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>Fills a buffer with random bytes for a call at this place.</summary>
    public abstract void FillRandom(CallSite site, Span<byte> buffer);

    /// <summary>The zone that Go calls <c>Local</c>.</summary>
    public virtual TimeZoneInfo LocalZone => TimeZoneInfo.Utc;

    /// <summary>An address of a host name for <c>getHostByName</c>; empty when names are not to be resolved.</summary>
    public virtual string ResolveHost(string name) => "";
}
