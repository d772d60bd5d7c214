namespace Weir.Sources.Signatures;

/// <summary>A signature that is missing, wrong or not trusted; the message is for a condition.</summary>
public sealed class SignatureException : Exception
{
    public SignatureException(string message)
        : base(message)
    {
    }

    /// <summary>True when no retry helps: what is asked for is not supported.</summary>
    public bool IsUnsupported { get; init; }
}
