namespace Weir.Kubernetes.Client;

/// <summary>An object could not be applied. <see cref="Changes"/> says what had been done by then.</summary>
public sealed class ApplyFailedException : Exception
{
    public ApplyFailedException(string message, IReadOnlyList<Change> changes, Exception? cause)
        : base(message, cause)
    {
        Changes = changes;
    }

    public IReadOnlyList<Change> Changes { get; }
}
