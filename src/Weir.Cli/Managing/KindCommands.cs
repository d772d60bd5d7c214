using System.CommandLine;
using Weir.Cli.Help;

namespace Weir.Cli.Managing;

/// <summary>Hangs a command for each kind below a verb, sources below <c>source</c>, as flux does.</summary>
internal static class KindCommands
{
    /// <param name="verb">The verb, such as <c>suspend</c>.</param>
    /// <param name="describe">What the verb does to a kind.</param>
    /// <param name="configure">Adds arguments, options and the action.</param>
    /// <param name="withOthers">Also the kinds that nobody reconciles by hand.</param>
    public static void AddTo(Command verb, Func<ManagedKind, string> describe, Action<Command, ManagedKind> configure, bool withOthers = false)
    {
        foreach (var kind in ManagedKind.Appliers)
        {
            verb.Subcommands.Add(One(kind, describe, configure));
        }

        var source = new WeirCommand("source", "Where artifacts come from.");
        foreach (var kind in ManagedKind.Sources)
        {
            source.Subcommands.Add(One(kind, describe, configure));
        }

        verb.Subcommands.Add(source);
        if (withOthers)
        {
            source.Subcommands.Add(One(ManagedKind.External, describe, configure));
            verb.Subcommands.Add(new WeirCommand("artifact", "What makes artifacts of others.")
            {
                Subcommands = { One(ManagedKind.Generator, describe, configure) },
            });
        }
    }

    private static WeirCommand One(ManagedKind kind, Func<ManagedKind, string> describe, Action<Command, ManagedKind> configure)
    {
        var command = new WeirCommand(kind.Words[^1], describe(kind));
        foreach (var alias in kind.Aliases)
        {
            command.Aliases.Add(alias);
        }

        configure(command, kind);
        return command;
    }
}
