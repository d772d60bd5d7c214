using System.CommandLine;
using Weir.Cli.Commands;

namespace Weir.Cli;

/// <summary>The <c>weir</c> program.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => CommandTree.Create().Parse(args).InvokeAsync();
}
