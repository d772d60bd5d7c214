using System.CommandLine;
using Weir.Cli.Commands;

namespace Weir.Cli;

/// <summary>The <c>weir</c> program.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
            };
            return await CommandTree.Create().Parse(args).InvokeAsync(configuration);
        }
        catch (CommandFailure failure)
        {
            await Console.Error.WriteLineAsync($"Error: {failure.Message}");
            return failure.ExitCode;
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C: the shell's convention for a program that a signal ended.
            return 130;
        }
    }
}
