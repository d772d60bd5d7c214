namespace Weir.Controllers;

/// <summary>A Helm action failed, in Helm's words.</summary>
internal sealed class HelmActionException : Exception
{
    public HelmActionException(string message)
        : base(message)
    {
    }

    public HelmActionException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
