using Weir.Sources.Oci;

namespace Weir.Controllers;

/// <summary>What was pulled; with an outcome there is nothing to go on with, without a layer nothing changed.</summary>
internal sealed record OciPull
{
    public OciRevision? Revision { get; init; }

    public OciLayer? Layer { get; init; }

    public SourceOutcome? Outcome { get; init; }
}
