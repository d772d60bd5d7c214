using System.Collections.Concurrent;
using System.CommandLine;
using Weir.Helm;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Templating;

/// <summary>
/// Renders the requests of a file, one JSON object a line, on all cores, and answers one JSON object a line in the order
/// in which they are done. A chart is loaded once and let go after its last request.
/// </summary>
internal sealed class TemplateBatch
{
    private readonly IReadOnlyList<(string Id, TemplateRequest Request)> _requests;
    private readonly ConcurrentDictionary<string, Lazy<Parsed<Chart>>> _charts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Stream _output;
    private int _next = -1;

    private TemplateBatch(IReadOnlyList<(string Id, TemplateRequest Request)> requests, Stream output)
    {
        _requests = requests;
        _output = output;
        foreach (var (_, request) in requests)
        {
            _uses[request.Chart] = _uses.GetValueOrDefault(request.Chart) + 1;
        }
    }

    /// <summary>Renders all requests of a text. Throws <see cref="CommandFailure"/> when a line is no request.</summary>
    public static void Run(string text, Stream output, int threads)
    {
        var batch = new TemplateBatch([.. Read(text)], output);
        var workers = Enumerable.Range(0, Math.Max(1, Math.Min(threads, batch._requests.Count)))
            .Select(_ => new Thread(batch.Work, TemplateRun.StackBytes)).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        output.Flush();
    }

    private static IEnumerable<(string Id, TemplateRequest Request)> Read(string text)
    {
        var flags = new TemplateFlags();
        var parser = new Command("template");
        flags.AddTo(parser);
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Trim().Length == 0)
            {
                continue;
            }

            if (!JsonReader.Read(line).TryGet(out var json) || json is not MapValue map || map.GetString("id") is not { } id || map.GetString("chart") is not { } chart)
            {
                throw new CommandFailure($"line {number} of the batch is no request: a JSON object with at least 'id' and 'chart'");
            }

            var request = new TemplateRequest
            {
                Chart = chart,
                Release = map.GetString("release") ?? "release-name",
                Namespace = map.GetString("namespace") ?? "default",
                KubeVersion = map.GetString("kubeVersion"),
                IncludeCrds = map.GetBool("includeCrds") == true,
                Seed = map.GetString("seed"),
                ValueFiles = Texts(map, "values"),
            };
            var arguments = Texts(map, "args");
            if (arguments.Length > 0)
            {
                var parsed = parser.Parse(arguments);
                if (parsed.Errors.Count > 0)
                {
                    throw new CommandFailure($"line {number} of the batch: {parsed.Errors[0].Message}");
                }

                request = flags.Apply(parsed, request);
            }

            yield return (id, request);
        }
    }

    private void Work()
    {
        while (Interlocked.Increment(ref _next) is var i && i < _requests.Count)
        {
            var (id, request) = _requests[i];
            Answer(id, Render(request));
            Release(request.Chart);
        }
    }

    private TemplateAnswer Render(TemplateRequest request)
    {
        try
        {
            return TemplateRun.Run(request, Load);
        }
        catch (Exception e)
        {
            // One request must not take the others with it; what it was is told in its answer.
            return new TemplateAnswer(false, "", $"Error: internal error while rendering {request.Chart}: {e}\n");
        }
    }

    private Parsed<Chart> Load(string path) => _charts.GetOrAdd(path, p => new Lazy<Parsed<Chart>>(() => ChartFolder.Load(p))).Value;

    private void Release(string chart)
    {
        lock (_lock)
        {
            if (--_uses[chart] == 0)
            {
                _charts.TryRemove(chart, out _);
            }
        }
    }

    private void Answer(string id, TemplateAnswer answer)
    {
        var line = JsonWriter.WriteUtf8(new MapValue
        {
            ["id"] = id,
            ["ok"] = answer.Ok,
            ["stdout"] = answer.Output,
            ["stderr"] = answer.Errors,
        });
        lock (_lock)
        {
            _output.Write(line);
            _output.WriteByte((byte)'\n');
        }
    }

    private static string[] Texts(MapValue map, string key) => [.. (map.GetList(key) ?? []).OfType<StringValue>().Select(s => s.Value)];
}
