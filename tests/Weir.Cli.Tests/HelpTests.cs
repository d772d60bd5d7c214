using System.CommandLine;
using Weir.Cli.Commands;
using Weir.Cli.Help;

namespace Weir.Cli.Tests;

/// <summary>The help of every command.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Names => [.. CommandTree.Create().Subcommands.Select(c => c.Name)];

    [Fact]
    public void The_first_page_names_every_command_under_a_heading()
    {
        var root = CommandTree.Create();
        var page = HelpPage.Render(root);
        Assert.All(root.Subcommands.Where(c => !c.Hidden), c => Assert.Contains($"\n  {c.Name} ", page, StringComparison.Ordinal));
        Assert.Contains("Run a fleet:\n  up ", page, StringComparison.Ordinal);
        Assert.Contains("Examples:\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_command_has_examples_and_documented_exit_codes(string name)
    {
        var command = CommandTree.Create().Subcommands.Single(c => c.Name == name);
        Assert.False(string.IsNullOrWhiteSpace(command.Description));
        AssertDocumented(command);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_option_says_what_it_does(string name)
    {
        var command = CommandTree.Create().Subcommands.Single(c => c.Name == name);
        Assert.All(Below(command).SelectMany(c => c.Options).Where(o => !o.Hidden), o => Assert.False(string.IsNullOrWhiteSpace(o.Description), o.Name));
        Assert.All(Below(command).SelectMany(c => c.Arguments), a => Assert.False(string.IsNullOrWhiteSpace(a.Description), a.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_line_is_longer_than_a_wide_terminal(string name)
    {
        var command = CommandTree.Create().Subcommands.Single(c => c.Name == name);
        var lines = HelpPage.Render(command).Split("\nExamples:\n")[0].Split('\n').Skip(1);
        Assert.All(lines.SkipWhile(l => l.Length > 0), l => Assert.True(l.Length <= 110, l));
    }

    private static void AssertDocumented(Command command)
    {
        var documented = Below(command).OfType<WeirCommand>().ToList();
        Assert.Contains(documented, c => c.Examples.Count > 0);
        Assert.Contains(documented, c => c.ExitCodes.Any(e => e.Code == 0));
    }

    private static IEnumerable<Command> Below(Command command) => command.Subcommands.SelectMany(Below).Prepend(command);
}
