using System.CommandLine;
using Weir.Flux;

namespace Weir.Cli.Managing;

/// <summary><c>--timeout</c>: how long a verb waits.</summary>
internal sealed class TimeoutOption
{
    private readonly Option<string> _option = new("--timeout")
    {
        Description = "How long to wait, such as 90s or 5m",
        HelpName = "DURATION",
        DefaultValueFactory = _ => "5m",
        Recursive = true,
    };

    public void AddTo(Command command) => command.Options.Add(_option);

    /// <exception cref="CommandFailure">The text is no duration.</exception>
    public TimeSpan Value(ParseResult result) => FluxDuration.TryParse(result.GetValue(_option)!, out var duration)
        ? duration.Value
        : throw new CommandFailure($"'{result.GetValue(_option)}' is no duration; write it as 90s or 5m");
}
