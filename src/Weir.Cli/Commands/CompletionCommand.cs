using System.CommandLine;
using Weir.Cli.Help;

namespace Weir.Cli.Commands;

/// <summary><c>weir completion</c>: scripts that let a shell complete commands, options and values.</summary>
internal static class CompletionCommand
{
    // Each shell asks the program itself what could stand at the cursor, so a script never goes stale.
    private const string Bash = """
        # weir completion for bash; load with: source <(weir completion bash)
        _weir_completion() {
            local IFS=$'\n' line="${COMP_LINE:0:COMP_POINT}"
            COMPREPLY=($(compgen -W "$(weir "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            if [ ${#COMPREPLY[@]} -eq 0 ]; then
                compopt -o default 2>/dev/null
            fi
        }
        complete -F _weir_completion weir

        """;

    private const string Zsh = """
        #compdef weir
        # weir completion for zsh; load with: source <(weir completion zsh)
        _weir() {
            local line="${LBUFFER}"
            local -a words_found
            words_found=(${(f)"$(weir "[suggest:${#line}]" "$line" 2>/dev/null)"})
            if (( ${#words_found} )); then
                compadd -a words_found
            else
                _files
            fi
        }
        compdef _weir weir

        """;

    private const string Fish = """
        # weir completion for fish; load with: weir completion fish | source
        function __weir_complete
            set -l line (commandline -cp)
            weir "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c weir -a '(__weir_complete)'

        """;

    public static Command Create()
    {
        var command = new WeirCommand("completion", "Print the script that lets a shell complete weir's commands and options.")
        {
            Group = CommandGroup.Other,
            Examples =
            [
                ("source <(weir completion bash)", "complete in this bash"),
                ("weir completion fish > ~/.config/fish/completions/weir.fish", "complete in every fish"),
            ],
            ExitCodes = [(0, "the script was printed"), (1, "no such shell")],
        };
        command.Subcommands.Add(Shell("bash", Bash));
        command.Subcommands.Add(Shell("zsh", Zsh));
        command.Subcommands.Add(Shell("fish", Fish));
        return command;
    }

    private static Command Shell(string name, string script)
    {
        var command = new Command(name, $"The script for {name}.");
        command.SetAction(result =>
        {
            result.InvocationConfiguration.Output.Write(script);
            return 0;
        });
        return command;
    }
}
