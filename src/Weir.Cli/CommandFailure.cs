namespace Weir.Cli;

/// <summary>
/// Ends a command with a message for the person who ran it and an exit code from the command's documentation.
/// </summary>
internal sealed class CommandFailure(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
