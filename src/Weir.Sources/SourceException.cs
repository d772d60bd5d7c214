namespace Weir.Sources;

/// <summary>A source could not be read. The message has the words of Flux's libraries and no credentials.</summary>
public sealed class SourceException : Exception
{
    public SourceException(string message, SourceFailure failure)
        : base(message) => Failure = failure;

    public SourceException(string message, SourceFailure failure, Exception cause)
        : base(message, cause) => Failure = failure;

    public SourceFailure Failure { get; }
}
