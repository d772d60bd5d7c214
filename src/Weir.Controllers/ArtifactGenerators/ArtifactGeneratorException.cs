namespace Weir.Controllers;

/// <summary>A step of a generator failed. One that stalls is not tried again before the object changes.</summary>
internal sealed class ArtifactGeneratorException(string reason, string message, bool stalls) : Exception(message)
{
    public string Reason { get; } = reason;

    public bool Stalls { get; } = stalls;
}
