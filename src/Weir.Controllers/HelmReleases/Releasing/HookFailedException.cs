using Weir.Helm;

namespace Weir.Controllers;

/// <summary>A hook failed; the record says how far the hooks came.</summary>
internal sealed class HookFailedException(string message, ReleaseRecord record) : Exception(message)
{
    public ReleaseRecord Record { get; } = record;
}
