using System.CommandLine;

namespace Weir.Cli.Help;

/// <summary>A command that tells its group, examples and exit codes, which <see cref="HelpPage"/> prints.</summary>
internal sealed class WeirCommand(string name, string description) : Command(name, description)
{
    public CommandGroup Group { get; init; } = CommandGroup.Other;

    /// <summary>True for a verb of flux: what it prints, failures too, is what flux prints.</summary>
    public bool IsFluxVerb { get; init; }

    /// <summary>True when the command takes signals itself, because ending well may take long.</summary>
    public bool HandlesSignals { get; init; }

    /// <summary>Command lines with what each of them does.</summary>
    public IReadOnlyList<(string Line, string Meaning)> Examples { get; init; } = [];

    /// <summary>What each exit code means.</summary>
    public IReadOnlyList<(int Code, string Meaning)> ExitCodes { get; init; } = [];
}
