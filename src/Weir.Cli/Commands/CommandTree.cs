using System.CommandLine;

namespace Weir.Cli.Commands;

/// <summary>All commands of <c>weir</c>, one line each.</summary>
internal static class CommandTree
{
    public static RootCommand Create() => new("GitOps for Kubernetes: Flux's API, with diffs, tests and a cluster on your laptop.")
    {
    };
}
