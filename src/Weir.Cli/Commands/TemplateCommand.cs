using System.CommandLine;
using Weir.Cli.Charts;
using Weir.Cli.Help;
using Weir.Cli.Templating;
using Weir.GoTemplate;
using Weir.Helm;
using Weir.Values;

namespace Weir.Cli.Commands;

/// <summary><c>weir template</c>: what <c>helm template</c> of Helm 4.2 prints.</summary>
internal static class TemplateCommand
{
    internal static Command Create()
    {
        var arguments = new Argument<string[]>("[name] chart")
        {
            Description = "The release's name and the chart: a directory, a .tgz, oci://REGISTRY/CHART, a URL, or with --repo a chart's name; without a name the release is called 'release-name'",
            Arity = new ArgumentArity(0, 3),
        };
        var batch = new Option<string?>("--batch")
        {
            Description = "Render all requests of a file on all cores: one JSON object a line, with id, chart, release, namespace, kubeVersion, includeCrds, values and args; '-' is the standard input",
            HelpName = "FILE",
        };
        var jobs = new Option<int>("--jobs") { Description = "Threads of --batch", DefaultValueFactory = _ => Environment.ProcessorCount };
        var flags = new TemplateFlags();
        var source = new ChartSourceFlags();
        var command = new WeirCommand("template", "Render a chart as helm template does.")
        {
            Group = CommandGroup.Render,
            Examples =
            [
                ("weir template rel ./chart -f values.yaml", "one chart"),
                ("weir template rel ./chart --set replicas=3 -s templates/deployment.yaml", "one template of it"),
                ("weir template rel podinfo --repo https://stefanprodan.github.io/podinfo --version '^6'", "a chart of a repository"),
                ("weir template rel oci://ghcr.io/stefanprodan/charts/podinfo --version 6.9.0", "a chart of a registry"),
                ("weir template rel ./chart --seed review", "the same passwords and certificates every time"),
                ("weir template --batch requests.jsonl", "many charts in one process"),
            ],
            ExitCodes = [(0, "rendered; with --batch also when some requests failed, which their answers tell"), (1, "not rendered")],
            Arguments = { arguments },
        };
        flags.AddTo(command);
        source.AddTo(command);
        command.Options.Add(batch);
        command.Options.Add(jobs);
        command.SetAction(parsed => parsed.GetValue(batch) is { } file
            ? RunBatch(file, parsed.GetValue(jobs))
            : RunOne(Request(parsed, parsed.GetValue(arguments) ?? [], flags), source.Read(parsed)));
        return command;
    }

    private static TemplateRequest Request(ParseResult parsed, string[] arguments, TemplateFlags flags)
    {
        if (parsed.GetValue(flags.Validate))
        {
            throw new CommandFailure("--validate is not supported: it asks a cluster, and a chart is rendered without one");
        }

        if (arguments.Length == 0)
        {
            throw new CommandFailure("\"weir template\" requires at least 1 argument\n\nUsage:  weir template [NAME] CHART [flags]");
        }

        if (arguments.Length > 2)
        {
            throw new CommandFailure($"expected at most two arguments, unexpected arguments: {string.Join(", ", arguments[2..])}");
        }

        var nameTemplate = parsed.GetValue(flags.NameTemplate);
        if (arguments.Length == 2 && parsed.GetValue(flags.GenerateName))
        {
            throw new CommandFailure("cannot set --generate-name and also specify a name");
        }

        if (arguments.Length == 2 && nameTemplate is { Length: > 0 })
        {
            throw new CommandFailure("cannot set --name-template and also specify a name");
        }

        var request = new TemplateRequest
        {
            Chart = arguments[^1],
            Release = arguments.Length == 2 ? arguments[0] : nameTemplate is { Length: > 0 } ? NameOf(nameTemplate, parsed.GetValue(flags.Seed)) : "release-name",
            Namespace = Environment.GetEnvironmentVariable("HELM_NAMESPACE") is { Length: > 0 } named ? named : "default",
        };
        return flags.Apply(parsed, request);
    }

    private static string NameOf(string template, string? seed)
    {
        var (name, error) = NameTemplate.Render(template, seed, DateTimeOffset.Now);
        return error is null ? name : throw new CommandFailure(error);
    }

    private static int RunOne(TemplateRequest request, ChartSourceOptions source)
    {
        var answer = TemplateRun.OnLargeStack(() => TemplateRun.Run(request, chart => ChartFetcher.Load(chart, source), ChartFetcher.Schemas));
        using var output = Console.OpenStandardOutput();
        output.Write(GoString.ToBytes(answer.Output));
        using var errors = Console.OpenStandardError();
        errors.Write(GoString.ToBytes(answer.Errors));
        return answer.Ok ? 0 : 1;
    }

    private static int RunBatch(string file, int jobs)
    {
        string text;
        try
        {
            text = file == "-" ? Console.In.ReadToEnd() : File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"cannot read the batch {file}: {e.Message}");
        }

        using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 20);
        TemplateBatch.Run(text, output, jobs);
        return 0;
    }
}
