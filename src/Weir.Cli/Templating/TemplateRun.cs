using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Weir.Helm;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Templating;

/// <summary>Carries out one request of <c>weir template</c> and prints as <c>helm template</c> does.</summary>
internal static class TemplateRun
{
    /// <summary>Templates may nest deeply; a thread with this stack carries what Helm's own limits allow.</summary>
    public const int StackBytes = 256 * 1024 * 1024;

    /// <summary>Runs a function on a thread of that size; what it throws is thrown here.</summary>
    public static T OnLargeStack<T>(Func<T> function)
    {
        T? result = default;
        System.Runtime.ExceptionServices.ExceptionDispatchInfo? thrown = null;
        var worker = new Thread(
            () =>
            {
                try
                {
                    result = function();
                }
                catch (Exception e)
                {
                    thrown = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e);
                }
            },
            StackBytes);
        worker.Start();
        worker.Join();
        thrown?.Throw();
        return result!;
    }

    public static TemplateAnswer Run(TemplateRequest request, Func<string, Parsed<Chart>> load, Func<Chart, RemoteSchemas>? schemas = null)
    {
        if (ReleaseName.Check(request.Release) is { } badName)
        {
            return Failed([Fail(badName)]);
        }

        var (capabilities, badVersion) = CapabilitiesOf(request);
        if (badVersion is not null)
        {
            return Failed([badVersion]);
        }

        var (values, badValues) = ValuesFlags.Merge(request);
        if (badValues is not null)
        {
            return Failed([badValues]);
        }

        var loaded = load(request.Chart);
        if (!loaded.TryGet(out var chart))
        {
            return Failed(loaded.Diagnostics);
        }

        var (lookup, badLookup) = Lookup(request.LookupFile);
        if (badLookup is not null)
        {
            return Failed([badLookup]);
        }

        var release = new ReleaseOptions { Name = request.Release, Namespace = request.Namespace, IsUpgrade = request.IsUpgrade };
        var rendering = HelmRenderer.Render(chart, release, values, capabilities, Options(request, lookup, request.SkipSchemaValidation ? null : schemas?.Invoke(chart)));
        return rendering.Succeeded
            ? Print(request, rendering)
            : Failed(rendering.Diagnostics, rendering.ReachedTemplates ? "\n\nUse --debug flag to render out invalid YAML" : "");
    }

    /// <summary>The cluster that a request describes, or Helm's words for what is wrong with it.</summary>
    public static (Capabilities Capabilities, Diagnostic? Error) CapabilitiesOf(TemplateRequest request)
    {
        var capabilities = Capabilities.Default;
        if (request.KubeVersion is { Length: > 0 } version)
        {
            var (parsed, error) = KubeVersion.Parse(version);
            if (parsed is null)
            {
                return (capabilities, Fail($"invalid kube version '{version}': {error}"));
            }

            capabilities = capabilities with { KubeVersion = parsed };
        }

        return request.ApiVersions.Count == 0
            ? (capabilities, null)
            : (capabilities with { ApiVersions = [.. capabilities.ApiVersions, .. request.ApiVersions] }, null);
    }

    private static RenderOptions Options(TemplateRequest request, ClusterLookup? lookup, RemoteSchemas? schemas)
    {
        var options = new RenderOptions
        {
            IncludeCrds = request.IncludeCrds,
            SkipSchemaValidation = request.SkipSchemaValidation,
            Schemas = schemas,
            SubchartNotes = request.SubchartNotes,
            ResolveHost = request.EnableDns ? ResolveHost : null,
            Lookup = lookup,
            OnlyTexts = request.PostRenderer is null,
        };
        return request.Seed is { } seed
            ? options with { Seed = seed }
            : options with { Random = static buffer => RandomNumberGenerator.Fill(buffer), Now = DateTimeOffset.Now, LocalZone = TimeZoneInfo.Local };
    }

    private static TemplateAnswer Print(TemplateRequest request, HelmRendering rendering)
    {
        if (request.PostRenderer is not null)
        {
            var (passed, error) = PostRendering.Run(request, rendering);
            if (error is not null)
            {
                return Failed([error]);
            }

            rendering = passed;
        }

        var warnings = Describe(rendering.Diagnostics.Where(d => d.Severity == Severity.Warning));
        if (request.OutputDirectory is { } directory)
        {
            return new TemplateAnswer(true, TemplateFiles.Write(request, rendering, directory), warnings);
        }

        var output = TemplateText.Print(rendering, !request.NoHooks, !request.SkipTests);
        if (request.ShowOnly.Count == 0)
        {
            return new TemplateAnswer(true, output, warnings);
        }

        var (chosen, missing) = TemplateText.Only(output, request.ShowOnly);
        return missing is null ? new TemplateAnswer(true, chosen, warnings) : Failed([Fail(missing)]);
    }

    private static (ClusterLookup? Lookup, Diagnostic? Error) Lookup(string? file)
    {
        if (file is null)
        {
            return (null, null);
        }

        if (!File.Exists(file))
        {
            return (null, Fail($"open {file}: no such file or directory"));
        }

        var read = YamlReader.ReadStream(File.ReadAllText(file), new YamlReadOptions { File = file, NumbersAsFloat = false });
        return read.TryGet(out var documents)
            ? (new ObjectLookup(documents).Find, null)
            : (null, read.Diagnostics.First(d => d.Severity == Severity.Error));
    }

    private static string ResolveHost(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name).FirstOrDefault()?.ToString() ?? "";
        }
        catch (SocketException)
        {
            return "";
        }
    }

    private static TemplateAnswer Failed(IReadOnlyList<Diagnostic> diagnostics, string suffix = "")
    {
        var error = diagnostics.First(d => d.Severity == Severity.Error);
        var text = new StringBuilder(Describe(diagnostics.Where(d => d.Severity == Severity.Warning)));
        text.Append("Error: ").Append(error.Message).Append(suffix).Append('\n');
        if (error.Hint is not null)
        {
            text.Append("Hint: ").Append(error.Hint).Append('\n');
        }

        return new TemplateAnswer(false, "", text.ToString());
    }

    private static string Describe(IEnumerable<Diagnostic> warnings) =>
        string.Concat(warnings.Select(w => w.Code == "helm-deprecated"
            ? $"level=WARN msg=\"{w.Message}\"\n"
            : (w.Span.IsKnown ? $"{w.Message} ({w.Span})" : w.Message) + "\n"));

    private static Diagnostic Fail(string message) => Diagnostic.Error("helm-template", message);
}
