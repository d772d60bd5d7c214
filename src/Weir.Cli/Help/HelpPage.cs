using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;

namespace Weir.Cli.Help;

/// <summary>Prints the help of a command: usage, commands by group, arguments, options, examples and exit codes.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private const int MaxWidth = 110;

    private static readonly IReadOnlyDictionary<CommandGroup, string> Headings = new Dictionary<CommandGroup, string>
    {
        [CommandGroup.Run] = "Run a fleet",
        [CommandGroup.Inspect] = "Look at a cluster",
        [CommandGroup.Render] = "Render without a cluster",
        [CommandGroup.Cluster] = "Parts of the engine on their own",
        [CommandGroup.Other] = "More",
    };

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.Write(Render(parseResult.CommandResult.Command));
        return 0;
    }

    /// <summary>The whole page as text.</summary>
    public static string Render(Command command)
    {
        var page = new StringBuilder();
        page.Append(command.Description).Append("\n\n");
        page.Append("Usage:\n  ").Append(Usage(command)).Append('\n');

        foreach (var group in command.Subcommands.Where(c => !c.Hidden)
                     .GroupBy(c => (c as WeirCommand)?.Group ?? CommandGroup.Other).OrderBy(g => g.Key))
        {
            var heading = command is RootCommand ? Headings[group.Key] : "Commands";
            Section(page, heading, group.Select(c => (c.Name, FirstSentence(c.Description))));
        }

        Section(page, "Arguments", command.Arguments.Where(a => !a.Hidden).Select(a => (a.Name, a.Description ?? "")));
        Section(page, "Options", command.Options.Where(o => !o.Hidden).Select(o => (OptionForm(o), OptionText(o))));
        Section(page, "Global options", InheritedOptions(command).Select(o => (OptionForm(o), OptionText(o))));

        if (command is WeirCommand { Examples.Count: > 0 } withExamples)
        {
            Examples(page, withExamples.Examples);
        }
        else if (command is RootCommand)
        {
            Examples(page, RootExamples);
            page.Append("\nRun 'weir COMMAND --help' for the options, examples and exit codes of a command.\n");
        }

        if (command is WeirCommand { ExitCodes.Count: > 0 } withCodes)
        {
            Section(page, "Exit codes", withCodes.ExitCodes.Select(c => (c.Code.ToString(System.Globalization.CultureInfo.InvariantCulture), c.Meaning)));
        }

        return page.ToString();
    }

    private static IReadOnlyList<(string Line, string Meaning)> RootExamples { get; } =
    [
        ("weir up examples/fleet", "bring every cluster of a repository to Ready on this machine"),
        ("weir get all -A", "what Flux's objects say of themselves, as flux get prints it"),
        ("weir template rel ./chart -f values.yaml", "what helm template would print"),
        ("weir kustomize ./overlay", "what kustomize build would print"),
    ];

    private static string Usage(Command command)
    {
        var names = new Stack<string>();
        for (var c = command; c is not null; c = c.Parents.OfType<Command>().FirstOrDefault())
        {
            names.Push(c is RootCommand ? "weir" : c.Name);
        }

        var usage = string.Join(' ', names);
        if (command.Subcommands.Any(c => !c.Hidden))
        {
            usage += " COMMAND";
        }

        foreach (var argument in command.Arguments.Where(a => !a.Hidden))
        {
            var name = argument.Name.ToUpperInvariant();
            if (argument.Arity.MaximumNumberOfValues > 1)
            {
                name += "...";
            }

            usage += argument.Arity.MinimumNumberOfValues == 0 ? $" [{name}]" : $" {name}";
        }

        return usage + " [options]";
    }

    private static IEnumerable<Option> InheritedOptions(Command command)
    {
        for (var parent = command.Parents.OfType<Command>().FirstOrDefault(); parent is not null; parent = parent.Parents.OfType<Command>().FirstOrDefault())
        {
            foreach (var option in parent.Options.Where(o => o.Recursive && !o.Hidden && o is not System.CommandLine.Help.HelpOption))
            {
                yield return option;
            }
        }
    }

    private static string OptionForm(Option option)
    {
        var names = option.Aliases.Append(option.Name).Where(n => n is not ("-?" or "/?" or "/h")).OrderBy(n => n.Length);
        var form = string.Join(", ", names);

        // A short form stands first; options without one line up behind it.
        if (form.StartsWith("--", StringComparison.Ordinal))
        {
            form = "    " + form;
        }

        var takesValue = option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0;
        return takesValue ? $"{form} {option.HelpName ?? "VALUE"}" : form;
    }

    private static string OptionText(Option option)
    {
        var text = option.Description ?? "";
        if (option.HasDefaultValue && option.GetDefaultValue() is { } value and not (bool or System.Collections.ICollection or ""))
        {
            text += $" (default {value})";
        }

        return text;
    }

    private static void Section(StringBuilder page, string heading, IEnumerable<(string Term, string Text)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0)
        {
            return;
        }

        page.Append('\n').Append(heading).Append(":\n");
        var width = Math.Min(list.Max(r => r.Term.Length), 34);
        foreach (var (term, text) in list)
        {
            page.Append("  ").Append(term.PadRight(width));
            var column = 2 + width + 2;
            if (term.Length > width)
            {
                page.Append('\n').Append(' ', column - 2);
            }

            page.Append("  ").AppendJoin("\n" + new string(' ', column), Wrap(text, MaxWidth - column)).Append('\n');
        }
    }

    private static void Examples(StringBuilder page, IReadOnlyList<(string Line, string Meaning)> examples)
    {
        page.Append("\nExamples:\n");
        foreach (var (line, meaning) in examples)
        {
            page.Append("  # ").Append(meaning).Append("\n  ").Append(line).Append('\n');
        }
    }

    private static string FirstSentence(string? text)
    {
        var end = text?.IndexOf(". ", StringComparison.Ordinal) ?? -1;
        return end < 0 ? text?.TrimEnd('.') ?? "" : text![..end];
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
