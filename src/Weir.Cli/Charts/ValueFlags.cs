using System.CommandLine;
using Weir.Cli.Templating;
using Weir.Values;

namespace Weir.Cli.Charts;

/// <summary>The flags of Helm that give values, for commands that do not render.</summary>
internal sealed class ValueFlags
{
    private readonly TemplateFlags _flags = new();

    public Option<string?> KubeVersion => _flags.KubeVersion;

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
        [
            _flags.Namespace, _flags.Values, _flags.Set, _flags.SetString, _flags.SetFile, _flags.SetJson, _flags.SetLiteral, _flags.KubeVersion,
            _flags.ApiVersions, _flags.SkipSchemaValidation,
        ])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The request for a chart, and the values laid over one another.</summary>
    /// <exception cref="CommandFailure">A values file or text is wrong.</exception>
    public (TemplateRequest Request, MapValue Values) Read(ParseResult parsed, string chart)
    {
        var request = _flags.Apply(parsed, new TemplateRequest { Chart = chart });
        var (values, error) = ValuesFlags.Merge(request);
        return error is null ? (request, values) : throw new CommandFailure(error.ToString());
    }
}
