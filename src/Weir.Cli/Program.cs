using System.CommandLine;

namespace Weir.Cli;

/// <summary>The <c>weir</c> program.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => WeirProgram.RunAsync(
        args,
        new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        });
}
