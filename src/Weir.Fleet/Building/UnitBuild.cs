using System.Collections.Concurrent;
using Weir.Flux;
using Weir.Helm;
using Weir.Kubernetes;
using Weir.Rendering;
using Weir.Sources;
using Weir.Sources.Files;
using Weir.Sources.Git;
using Weir.Values;
using Weir.Yaml;
using GitRef = Weir.Sources.Git.GitReference;

namespace Weir.Fleet;

/// <summary>Builds one Kustomization or HelmRelease from what is known of its cluster.</summary>
internal sealed class UnitBuild(
    ClusterRoot root,
    FleetSide side,
    FleetBuildOptions options,
    FleetSources sources,
    RenderMemory memory,
    ClusterState state)
{
    private const string SystemName = "flux-system";

    private readonly ConcurrentDictionary<string, IFileTree> _own = new(StringComparer.Ordinal);

    public async Task<BuiltUnit> RunAsync(PendingUnit unit, CancellationToken cancellationToken)
    {
        try
        {
            return unit.Id.Kind == HelmRelease.Kind.Kind
                ? await BuildReleaseAsync(unit, cancellationToken).ConfigureAwait(false)
                : await BuildKustomizationAsync(unit, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is UnitException or SourceException or GitException or FormatException or InvalidDataException or IOException or HttpRequestException)
        {
            return Failed(unit, e.Message);
        }
    }

    private async Task<BuiltUnit> BuildKustomizationAsync(PendingUnit unit, CancellationToken cancellationToken)
    {
        var parsed = Kustomization.Read(unit.Definition);
        if (parsed.Result is not { } kustomization || parsed.HasErrors)
        {
            return Failed(unit, parsed.Diagnostics);
        }

        var reference = unit.Definition.GetMap("spec")!.GetMap("sourceRef")!;
        var tree = await TreeAsync(reference, unit.Id.Namespace, cancellationToken).ConfigureAwait(false);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var secrets = new List<string>();
        foreach (var source in kustomization.Spec.PostBuild?.SubstituteFrom ?? [])
        {
            if (state.Data(source.Kind, unit.Id.Namespace, source.Name) is { } data)
            {
                foreach (var (name, text) in data)
                {
                    CheckUnlocked(source.Kind, unit.Id.Namespace, source.Name, text);
                    variables[name] = text;
                    secrets.AddRange(source.Kind == "Secret" ? SecretTexts.Of(text) : []);
                }
            }
            else if (source.Optional != true)
            {
                throw new UnitException($"substitute from '{source.Kind}/{source.Name}': the fleet has no such object in namespace '{unit.Id.Namespace}'");
            }
        }

        var key = $"kustomization\n{YamlWriter.Write(kustomization.Write())}\n{string.Join('\n', variables.OrderBy(static v => v.Key, StringComparer.Ordinal).Select(static v => $"{v.Key}={v.Value}"))}";
        var (rendering, texts, isLocked) = memory.Get(key, tree, files => Render(kustomization, files, variables));
        return new()
        {
            Id = unit.Id,
            Definition = unit.Definition,
            Parent = unit.Parent,
            Objects = rendering.HasErrors ? [] : rendering.Objects,
            Secrets = [.. secrets, .. texts],
            Decrypted = texts,
            IsLocked = isLocked,
            Diagnostics = rendering.Diagnostics,
        };
    }

    private RenderedKustomization Render(Kustomization kustomization, IFileTree files, IReadOnlyDictionary<string, string> variables)
    {
        var inputs = new KustomizationInputs { Variables = variables };
        if (kustomization.Spec.Decryption is null)
        {
            return new(KustomizationRenderer.Render(kustomization, files, inputs), [], IsLocked: false);
        }

        var decryption = new UnitDecryption(options.Decryption);
        var rendering = KustomizationRenderer.Render(
            kustomization, files, inputs with { DecryptFile = decryption.File, DecryptObject = decryption.Object });
        return new(rendering, decryption.Texts, decryption.IsLocked);
    }

    // A value that is still encrypted renders nonsense.
    private static void CheckUnlocked(string kind, string space, string name, string text)
    {
        if (text.Contains("ENC[AES256_GCM,", StringComparison.Ordinal))
        {
            throw new UnitException($"{kind} '{space}/{name}' is encrypted: give its age key with --age-key-file or in SOPS_AGE_KEY_FILE");
        }
    }

    private async Task<BuiltUnit> BuildReleaseAsync(PendingUnit unit, CancellationToken cancellationToken)
    {
        var parsed = HelmRelease.Read(unit.Definition);
        if (parsed.Result is not { } release || parsed.HasErrors)
        {
            return Failed(unit, parsed.Diagnostics);
        }

        var secrets = new List<string>();
        var values = ComposeValues(release, secrets);
        var chart = await ChartAsync(release, unit, cancellationToken).ConfigureAwait(false);
        var skipsSchema = release.Spec.Install?.DisableSchemaValidation == true || release.Spec.Upgrade?.DisableSchemaValidation == true;
        var schemas = skipsSchema ? null : await sources.SchemasAsync(chart, cancellationToken).ConfigureAwait(false);
        var result = memory.Get(
            $"release\n{YamlWriter.Write(release.Write())}\n{YamlWriter.Write(values)}",
            chart,
            () => new RenderedRelease(Render(release, chart, values, schemas)));
        var rendering = result.Rendering;
        return new()
        {
            Id = unit.Id,
            Definition = unit.Definition,
            Parent = unit.Parent,
            Objects = result.Objects,
            Secrets = secrets,
            Hooks = rendering.Succeeded ? [.. rendering.Hooks.Select(static h => h.Object).OfType<MapValue>()] : [],
            Values = values,
            Chart = chart.ToString(),
            ChartContent = chart,
            Diagnostics = rendering.Diagnostics,
        };
    }

    private HelmRendering Render(HelmRelease release, Chart chart, MapValue values, RemoteSchemas? schemas) => HelmReleaseRenderer.Render(
        release,
        chart,
        values.DeepClone(),
        new() { Name = HelmReleaseRenderer.ReleaseName(release), Namespace = HelmReleaseRenderer.ReleaseNamespace(release) },
        options.Capabilities,
        new() { Seed = options.Seed, RequireDependencies = true, SkipSchemaValidation = schemas is null, Schemas = schemas });

    private MapValue ComposeValues(HelmRelease release, List<string> secrets)
    {
        var space = release.Metadata.Namespace;
        var resolved = new List<ResolvedValues>();
        foreach (var reference in release.Spec.ValuesFrom ?? [])
        {
            var data = state.Data(reference.Kind, space, reference.Name);
            if (data is not null && data.TryGetValue(HelmReleaseValues.Key(reference), out var text))
            {
                CheckUnlocked(reference.Kind, space, reference.Name, text);
                resolved.Add(new(reference, text));
                secrets.AddRange(reference.Kind == "Secret" ? SecretTexts.Of(text) : []);
            }
            else if (reference.Optional != true)
            {
                throw new UnitException(HelmReleaseValues.Describe(
                    reference, space, data is null ? "the fleet has no such object" : "key not found"));
            }
        }

        var composed = HelmReleaseValues.Compose(release.Spec.Values, resolved, space);
        return composed.TryGet(out var values) ? values : throw new UnitException(composed.Diagnostics[0].Message);
    }

    private async Task<Chart> ChartAsync(HelmRelease release, PendingUnit unit, CancellationToken cancellationToken)
    {
        var space = unit.Id.Namespace;
        if (release.Spec.ChartRef is { } chartRef)
        {
            var source = Source(unit.Definition.GetMap("spec")!.GetMap("chartRef")!, space);
            if (chartRef.Kind == HelmChart.Kind.Kind)
            {
                var spec = source.GetMap("spec") ?? [];
                return await ChartAsync(spec, source.Namespace(), cancellationToken).ConfigureAwait(false);
            }

            return chartRef.Kind == OciRepository.Kind.Kind
                ? await sources.ChartAsync(source, cancellationToken).ConfigureAwait(false)
                : throw new UnitException($"charts of {chartRef.Kind} sources cannot be built without a cluster yet");
        }

        return unit.Definition.At("spec", "chart", "spec") is MapValue template
            ? await ChartAsync(template, space, cancellationToken).ConfigureAwait(false)
            : throw new UnitException("the HelmRelease names no chart: it has neither spec.chart nor spec.chartRef");
    }

    private async Task<Chart> ChartAsync(MapValue spec, string space, CancellationToken cancellationToken)
    {
        var reference = spec.GetMap("sourceRef") ?? throw new UnitException("the chart has no sourceRef");
        var name = spec.GetString("chart") ?? "";
        var files = spec.GetList("valuesFiles")?.OfType<StringValue>().Select(static v => v.Value).ToList() ?? [];
        var ignoresMissing = spec.GetBool("ignoreMissingValuesFiles") == true;
        if (reference.GetString("kind") == HelmRepository.Kind.Kind)
        {
            var version = spec.GetString("version");
            var chart = await sources.ChartAsync(
                Source(reference, space), name, string.IsNullOrEmpty(version) ? "*" : version, cancellationToken).ConfigureAwait(false);
            return files.Count == 0
                ? chart
                : memory.Get(
                    $"values {ignoresMissing} {string.Join('\n', files)}",
                    chart,
                    () => WithValues(chart, files, ignoresMissing, file => FindFile(chart, file)));
        }

        var tree = await TreeAsync(reference, space, cancellationToken).ConfigureAwait(false);
        return memory.Get($"chart {name} {ignoresMissing} {string.Join('\n', files)}", tree, recording =>
        {
            var path = FilePath.Combine("", name.TrimStart('/'));
            if (path is null || (!recording.FileExists(path) && !recording.DirectoryExists(path)))
            {
                throw new UnitException($"{reference.GetString("kind")} '{reference.GetString("name")}' has no chart at '{name}'");
            }

            var loaded = recording.FileExists(path)
                ? ChartLoader.LoadArchive(recording.TryRead(path)!.Value, path)
                : ChartLoader.LoadDirectory(recording, path);
            if (!loaded.TryGet(out var chart))
            {
                throw new UnitException($"the chart at '{name}' cannot be loaded: {loaded.Diagnostics[0]}");
            }

            return files.Count == 0
                ? chart
                : WithValues(chart, files, ignoresMissing, file => FilePath.Combine("", file.TrimStart('/')) is { } clean ? recording.TryRead(clean) : null);
        });
    }

    private static ReadOnlyMemory<byte>? FindFile(Chart chart, string name)
    {
        foreach (var file in chart.Raw)
        {
            if (file.Name == name)
            {
                return file.Data;
            }
        }

        return null;
    }

    private static Chart WithValues(Chart chart, IReadOnlyList<string> files, bool ignoresMissing, Func<string, ReadOnlyMemory<byte>?> read)
    {
        var (values, _, problem) = ChartValuesFiles.Merge(files, ignoresMissing, read, static file => $"no values file found at path '{file}'");
        return problem is not null ? throw new UnitException(problem)
            : ChartValuesFiles.Replace(chart, values) ?? throw new UnitException($"failed to locate values file: {ChartValuesFiles.FileName}");
    }

    private async Task<IFileTree> TreeAsync(MapValue reference, string space, CancellationToken cancellationToken)
    {
        if (reference.GetString("kind") == ExternalArtifact.Kind.Kind)
        {
            return await GeneratedAsync(reference, space, cancellationToken).ConfigureAwait(false);
        }

        var source = Source(reference, space);
        if (!IsOfFleet(source))
        {
            return await sources.TreeAsync(source, cancellationToken).ConfigureAwait(false);
        }

        var ignore = source.GetMap("spec")?.GetString("ignore") ?? "";
        var wanted = ReferenceOf(source);
        if (IsThisSide(source, wanted))
        {
            return _own.GetOrAdd(ignore, text => Ignoring(side.Files, text));
        }

        // Another branch or tag of the fleet, such as a tenant's.
        return options.Revisions is { } revisions && await revisions.FindAsync(wanted, cancellationToken).ConfigureAwait(false) is { } other
            ? _own.GetOrAdd($"{wanted}\n{ignore}", _ => Ignoring(other, ignore))
            : await sources.TreeAsync(source, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IFileTree> GeneratedAsync(MapValue reference, string space, CancellationToken cancellationToken)
    {
        var key = ClusterState.SourceKey(reference, space);
        foreach (var definition in state.Generators(key.Namespace))
        {
            var parsed = ArtifactGenerator.Read(definition);
            if (parsed.Result is not { } generator || parsed.HasErrors)
            {
                throw new UnitException($"ArtifactGenerator '{definition.Namespace()}/{definition.Name()}': {parsed.Diagnostics[0]}");
            }

            var trees = new Dictionary<string, IFileTree>(StringComparer.Ordinal);
            foreach (var source in generator.Spec.Sources ?? [])
            {
                var named = new MapValue { ["kind"] = source.Kind, ["name"] = source.Name, ["namespace"] = source.Namespace ?? "" };
                trees[source.Alias] = await TreeAsync(named, key.Namespace, cancellationToken).ConfigureAwait(false);
            }

            // The artifacts of a generator are made together, once for the same files.
            var made = trees.Count == 1
                ? memory.Get($"artifacts\n{YamlWriter.Write(generator.Write())}", trees.Values.Single(), files =>
                    GeneratedTrees.Make(generator, new Dictionary<string, IFileTree> { [trees.Keys.Single()] = files }))
                : GeneratedTrees.Make(generator, trees);
            if (made.TryGetValue(key.Name, out var tree))
            {
                return tree;
            }
        }

        throw new UnitException($"no ArtifactGenerator of the fleet makes the ExternalArtifact '{key.Namespace}/{key.Name}'");
    }

    private MapValue Source(MapValue reference, string space)
    {
        var key = ClusterState.SourceKey(reference, space);
        return state.Find(key) ?? throw new UnitException($"the fleet has no {key.Kind} '{key.Namespace}/{key.Name}'");
    }

    private static IgnoringFileTree Ignoring(IFileTree tree, string ignore) =>
        new(tree, IgnorePatterns.ForTree(tree, ignore.Length == 0 ? null : ignore));

    private bool IsOfFleet(MapValue source)
    {
        if (source.GetString("kind") != GitRepository.Kind.Kind)
        {
            return false;
        }

        var url = Normal(source.GetMap("spec")?.GetString("url"));
        return url == Normal(root.Source.GetMap("spec")?.GetString("url"))
            || (options.Revisions?.Url is { } own && url == Normal(own))
            || IsRoot(source);
    }

    // What the root source takes is what is compared, whatever its branch is called.
    private bool IsThisSide(MapValue source, GitRef wanted) =>
        IsRoot(source)
        || wanted == ReferenceOf(root.Source)
        || (root.IsAssumed && (wanted == new GitRef() || wanted is { Branch: "main" or "master", Commit: null, Name: null, SemVer: null, Tag: null }));

    private static bool IsRoot(MapValue source) => source.Name() == SystemName && source.Namespace() == SystemName;

    private static GitRef ReferenceOf(MapValue source) =>
        GitRef.Of(GitRepository.Read(source).Result?.Spec.Ref);

    // The same repository is written as https://host/a/b.git, ssh://git@host/a/b and git@host:a/b.
    private static string Normal(string? url)
    {
        var text = url ?? "";
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        text = scheme < 0 ? text.Replace(':', '/') : text[(scheme + 3)..];
        text = text[(text.IndexOf('@', StringComparison.Ordinal) + 1)..].TrimEnd('/');
        return text.EndsWith(".git", StringComparison.Ordinal) ? text[..^4] : text;
    }

    private static BuiltUnit Failed(PendingUnit unit, string message) =>
        Failed(unit, [Diagnostic.Error("unit-build", message, unit.Definition.Span)]);

    private static BuiltUnit Failed(PendingUnit unit, IReadOnlyList<Diagnostic> diagnostics) =>
        new() { Id = unit.Id, Definition = unit.Definition, Parent = unit.Parent, Diagnostics = diagnostics };
}
