namespace Weir.Cli;

/// <summary>
/// Ends a command with a message for the person who ran it and an exit code from the command's documentation.
/// </summary>
internal sealed class CommandFailure(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>True when an object that was asked for is not there.</summary>
    public bool IsNotFound { get; init; }
}
