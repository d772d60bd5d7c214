using System.CommandLine;
using Weir.Cli.Commands;
using Weir.Cli.Help;

namespace Weir.Cli;

/// <summary>One run of the program: parses, runs, and tells a failure in the way of its command.</summary>
internal static class WeirProgram
{
    public static async Task<int> RunAsync(string[] args, InvocationConfiguration configuration, CancellationToken cancellationToken = default)
    {
        var parsed = CommandTree.Create().Parse(args);
        if (parsed.CommandResult.Command is WeirCommand { HandlesSignals: true })
        {
            configuration.ProcessTerminationTimeout = null;
        }

        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            await configuration.Error.WriteLineAsync($"{FailureMark(parsed)} {failure.Message}");
            return failure.ExitCode;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C: the shell's convention for a program that a signal ended.
            return 130;
        }
    }

    // Verbs that flux has too tell a failure as flux does.
    private static string FailureMark(ParseResult parsed)
    {
        for (System.CommandLine.Parsing.SymbolResult? at = parsed.CommandResult; at is not null; at = at.Parent)
        {
            if (at is System.CommandLine.Parsing.CommandResult { Command: WeirCommand { IsFluxVerb: true } })
            {
                return "✗";
            }
        }

        return "Error:";
    }
}
