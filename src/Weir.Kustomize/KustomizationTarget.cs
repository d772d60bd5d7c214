using Weir.Kustomize.Generators;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Loading;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Kustomize.Transformers;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize;

/// <summary>
/// One kustomization of a build, and the order of its steps: resources, configurations, generators, components,
/// transformers, validators, vars.
/// </summary>
internal sealed class KustomizationTarget
{
    private static readonly string[] FileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    private readonly BuildContext _context;
    private readonly Loader _loader;
    private readonly PluginInput _input;
    private readonly string _helmNamespace;
    private readonly Origin? _origin;
    private int _steps;
    private int _unusedSteps;

    private KustomizationTarget(BuildContext context, Loader loader, KustomizationFile file, Origin? origin, string helmNamespace)
    {
        _context = context;
        _loader = loader;
        _input = new PluginInput(context, loader);
        File = file;
        _origin = origin;
        _helmNamespace = helmNamespace;
    }

    public KustomizationFile File { get; }

    /// <summary>The kustomization of the directory that is built.</summary>
    public static KustomizationTarget Load(BuildContext context, Loader loader)
    {
        var file = ReadFile(context, loader);
        SetSchema(context, loader, file);
        return new KustomizationTarget(context, loader, file, file.BuildMetadata.Count > 0 ? new Origin() : null, "");
    }

    /// <summary>The resources of this kustomization and all it uses, references and vars still open.</summary>
    public Accumulator Accumulate() => Accumulate(new Accumulator(_context));

    private static KustomizationFile ReadFile(BuildContext context, Loader loader)
    {
        var found = new List<string>();
        foreach (var name in FileNames)
        {
            if (loader.HasFile(name))
            {
                found.Add(name);
            }
        }

        if (found.Count == 0)
        {
            throw new BuildFailure(
                $"unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '{loader.DisplayRoot}'")
            {
                Code = "kustomize-no-kustomization",
            };
        }

        if (found.Count > 1)
        {
            throw new BuildFailure($"Found multiple kustomization files under: {loader.DisplayRoot}\n") { Code = "kustomize-two-kustomizations" };
        }

        var warnings = new List<Diagnostic>();
        var file = KustomizationFile.Read(loader.LoadText(found[0]), found[0], loader.Display(found[0]), loader.DisplayRoot, warnings);
        warnings.ForEach(context.Tell);
        return file;
    }

    private static void SetSchema(BuildContext context, Loader loader, KustomizationFile file)
    {
        var openApi = file.Fields.GetMap("openapi");
        var path = openApi?.GetString("path");
        context.Schema.Set(
            openApi?.GetString("version"), path is null ? null : loader.LoadText(path), path is null ? null : loader.Display(path));
    }

    private Accumulator Accumulate(Accumulator accumulator)
    {
        accumulator = Within("accumulating resources", () => AddResources(accumulator, File.Fields.Strings("resources"), "resources"));
        accumulator.MergeConfig(TransformerConfigReader.Read(_loader, File.Fields.Strings("configurations")));
        var crds = File.Fields.Strings("crds");
        accumulator.MergeConfig(Within($"loading CRDs [{string.Join(' ', crds)}]", () => CustomResourceConfig.Read(_loader, crds)));
        RunGenerators(accumulator);
        accumulator = Within("accumulating components", () => AddComponents(accumulator, File.Fields.Strings("components")));
        RunTransformers(accumulator);
        RunValidators(accumulator);
        var vars = File.Fields.Maps("vars").Select(Var.Read).ToList();
        try
        {
            accumulator.MergeVars(vars);
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap($"merging vars [{string.Join(' ', vars.Select(v => v.AsWritten))}]");
        }

        return accumulator;
    }

    private static T Within<T>(string prefix, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap(prefix);
        }
    }

    private Accumulator AddResources(Accumulator accumulator, IReadOnlyList<string> paths, string field)
    {
        var failures = new FailureList();
        for (var i = 0; i < paths.Count; i++)
        {
            var path = paths[i];
            var span = File.Fields.ItemSpan(field, i);
            failures.Try(() => AddResource(accumulator, path, span));
        }

        failures.ThrowIfAny();
        return accumulator;
    }

    private void AddResource(Accumulator accumulator, string path, SourceSpan span)
    {
        BuildFailure asFile;
        if (_loader.DirectoryAt(path) is { } shown)
        {
            asFile = new BuildFailure($"accumulating resources from '{path}': '{shown}' must resolve to a file");
        }
        else
        {
            try
            {
                AddFile(accumulator, path);
                return;
            }
            catch (BuildFailure failure)
            {
                asFile = failure.At(span);
                if (failure.Code == "kustomize-http")
                {
                    throw asFile;
                }
            }
        }

        Loader loader;
        try
        {
            loader = _loader.New(path);
        }
        catch (BuildFailure failure)
        {
            throw asFile.IsMalformedYaml || IsAboutContent(asFile)
                ? asFile.IsMalformedYaml ? asFile : asFile.WithMessage($"accumulation err='{asFile.Message}': {failure.Message}")
                : failure.Wrap($"accumulation err='{asFile.Message}'").At(span);
        }

        try
        {
            AddDirectory(accumulator, loader, path, isComponent: false);
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap($"accumulation err='{asFile.Message}'").At(span);
        }
    }

    /// <summary>True when the file was there and is itself the problem, so that its place is the one to tell.</summary>
    private static bool IsAboutContent(BuildFailure failure) =>
        failure.Code is not ("kustomize-no-file" or "kustomize-not-a-file" or "kustomize-build" or "kustomize-remote-file" or "kustomize-escape");

    private void AddFile(Accumulator accumulator, string path)
    {
        try
        {
            var text = _loader.LoadText(path);
            List<Resource> resources;
            try
            {
                resources = _input.Reader.Read(text, _loader.Display(path));
            }
            catch (BuildFailure failure) when (failure.IsMalformedYaml)
            {
                throw failure.WithMessage($"{failure.Message} in File: {path}");
            }

            CheckUnique(resources);
            var origin = _origin?.Append(path).ToText();
            foreach (var resource in resources)
            {
                if (origin is not null)
                {
                    Node.GetOrCreateMap(Node.GetOrCreateMap(resource.Object, "metadata"), "annotations")[Origin.Annotation] = origin;
                }
            }

            _context.Tracker?.Loaded(resources, "resources");
            try
            {
                accumulator.Resources.AppendAll(resources);
            }
            catch (BuildFailure failure)
            {
                throw failure.Wrap($"merging resources from '{path}'");
            }
        }
        catch (BuildFailure failure)
        {
            throw failure.Message.StartsWith("merging resources from", StringComparison.Ordinal)
                ? failure
                : failure.Wrap($"accumulating resources from '{path}'");
        }
    }

    private static void CheckUnique(List<Resource> resources)
    {
        if (resources.Count > 1)
        {
            new ResourceList().AppendAll(resources);
        }
    }

    private Accumulator AddComponents(Accumulator accumulator, IReadOnlyList<string> paths)
    {
        for (var i = 0; i < paths.Count; i++)
        {
            var span = File.Fields.ItemSpan("components", i);
            Loader loader;
            try
            {
                loader = _loader.New(paths[i]);
            }
            catch (BuildFailure failure)
            {
                throw failure.WithMessage($"loader.New {GoQuote.Quote(failure.Message)}").At(span);
            }

            try
            {
                accumulator = AddDirectory(accumulator, loader, paths[i], isComponent: true, span);
            }
            catch (BuildFailure failure)
            {
                throw failure.WithMessage($"accumulateDirectory: {GoQuote.Quote(failure.Message)}").At(span);
            }
        }

        return accumulator;
    }

    private Accumulator AddDirectory(Accumulator accumulator, Loader loader, string path, bool isComponent, SourceSpan span = default)
    {
        KustomizationFile file;
        try
        {
            file = ReadFile(_context, loader);
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap($"couldn't make target for path '{loader.DisplayRoot}'");
        }

        file.BuildMetadata = File.BuildMetadata;
        var helmNamespace = File.Namespace.Length > 0 ? File.Namespace : _helmNamespace;
        var target = new KustomizationTarget(_context, loader, file, _origin?.Append(path), helmNamespace);
        SetSchema(_context, loader, file);
        if (isComponent != file.IsComponent)
        {
            throw new BuildFailure(
                isComponent
                    ? $"expected kind '{KustomizationFile.ComponentKind}' for path '{loader.DisplayRoot}' but got '{file.Kind}'"
                    : $"expected kind != '{KustomizationFile.ComponentKind}' for path '{loader.DisplayRoot}'",
                default,
                isComponent ? "list kustomizations under resources" : "list components under components")
            {
                Code = "kustomize-wrong-kind",
            };
        }

        var before = accumulator.Resources.Count;
        Accumulator made;
        try
        {
            made = isComponent ? target.Accumulate(accumulator) : target.Accumulate();
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap($"recursed accumulation of path '{loader.DisplayRoot}'");
        }

        if (isComponent)
        {
            if (target._unusedSteps > 0 && target._unusedSteps == target._steps && made.Resources.Count == before)
            {
                _context.TellUnused("kustomize-unused-component", $"the component '{path}' changes nothing", span, "remove the component, or correct its targets");
            }

            return made;
        }

        try
        {
            accumulator.Merge(made);
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap($"recursed merging from path '{loader.DisplayRoot}'");
        }

        return accumulator;
    }

    private void RunGenerators(Accumulator accumulator)
    {
        var failures = new FailureList();
        var generators = new List<(Generator Generator, Origin? Origin)>();
        foreach (var (field, create) in ((string, Func<MapValue, Generator>)[])
            [
                ("configMapGenerator", config => ConfigMapGenerator.Configure(WithGlobalOptions(config), _input)),
                ("secretGenerator", config => SecretGenerator.Configure(WithGlobalOptions(config), _input)),
                ("helmCharts", config => HelmChartInflationGenerator.Configure(WithHelmGlobals(config), _input)),
            ])
        {
            foreach (var config in File.Fields.Maps(field))
            {
                failures.Try(() => generators.Add((create(config), null)));
            }
        }

        failures.ThrowIfAny();
        foreach (var resource in Within("loading generator plugins", () => PluginConfigs("generators", "configuring external generator")))
        {
            generators.Add((
                Within("loading generator plugins: failed to load generator", () => PluginLoader.LoadGenerator(resource, _input)), OriginOf(resource)));
        }

        foreach (var (generator, origin) in generators)
        {
            failures.Try(() => Run(accumulator, generator, origin ?? BuiltInOrigin(generator.Kind)));
        }

        failures.ThrowIfAny();
    }

    private void Run(Accumulator accumulator, Generator generator, Origin? origin)
    {
        var resources = generator.Generate();
        if (resources.Count > 0)
        {
            _steps++;
        }

        foreach (var resource in resources)
        {
            UnusedGenerators.Mark(resource, generator.Span);
            if (origin is not null && resource.Annotation(Origin.Annotation) is null)
            {
                resource.SetAnnotation(Origin.Annotation, origin.ToText());
            }
        }

        if (_context.Tracker is { } tracker)
        {
            foreach (var resource in resources)
            {
                var old = accumulator.Resources.WithAnyId(resource.CurrentId);
                if (old.Count == 1)
                {
                    var previous = old[0];
                    Absorb(accumulator, resource, generator);
                    tracker.Replaced(previous, resource, generator.Kind, generator.Span);
                }
                else
                {
                    tracker.Loaded([resource], generator.Kind);
                    Absorb(accumulator, resource, generator);
                }
            }

            return;
        }

        foreach (var resource in resources)
        {
            Absorb(accumulator, resource, generator);
        }
    }

    private static void Absorb(Accumulator accumulator, Resource resource, Generator generator)
    {
        try
        {
            accumulator.Absorb(resource);
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap($"merging from generator {generator.Kind}").At(generator.Span);
        }
    }

    private MapValue WithGlobalOptions(MapValue config)
    {
        var options = GeneratorOptions.Merge(config.GetMap("options"), File.Fields.GetMap("generatorOptions"));
        if (options is null)
        {
            return config;
        }

        var result = config.ShallowClone();
        result["options"] = options;
        return result;
    }

    private MapValue WithHelmGlobals(MapValue config)
    {
        var result = config.ShallowClone();
        foreach (var (key, value) in File.Fields.GetMap("helmGlobals") ?? [])
        {
            result[key] = value;
        }

        if (result.Text("namespace").Length == 0)
        {
            var space = File.Namespace.Length > 0 ? File.Namespace : _helmNamespace;
            if (space.Length > 0)
            {
                result["namespace"] = space;
            }
        }

        return result;
    }

    /// <summary>The objects that configure plugins: written inline, or in files and kustomizations.</summary>
    private ResourceList PluginConfigs(string field, string step = "configuring external transformer")
    {
        var accumulator = new Accumulator(_context);
        var entries = File.Fields.Strings(field);
        var paths = new List<(string Path, SourceSpan Span)>();
        for (var i = 0; i < entries.Count; i++)
        {
            var span = File.Fields.ItemSpan(field, i);
            List<Resource> inline;
            try
            {
                inline = _input.Reader.Read(entries[i], file: null);
            }
            catch (BuildFailure)
            {
                paths.Add((entries[i], span));
                continue;
            }

            foreach (var resource in inline)
            {
                resource.Place = span;
                if (_origin is not null)
                {
                    resource.SetAnnotation(Origin.Annotation, _origin.Append(File.Name).ToText());
                }

                try
                {
                    accumulator.Resources.Append(resource);
                }
                catch (BuildFailure failure)
                {
                    throw failure.Wrap(step).At(span);
                }
            }
        }

        foreach (var (path, span) in paths)
        {
            AddResource(accumulator, path, span);
        }

        return accumulator.Resources;
    }

    private void RunTransformers(Accumulator accumulator)
    {
        var failures = new FailureList();
        var transformers = new List<(Transformer Transformer, Origin? Origin)>();
        foreach (var create in new TransformerCatalogue(File, accumulator.Config, _input, hasOrigin: _origin is not null).All())
        {
            failures.Try(() => transformers.Add((create(), null)));
        }

        failures.ThrowIfAny();
        foreach (var resource in PluginConfigs("transformers"))
        {
            failures.Try(() => transformers.Add((PluginLoader.LoadTransformer(resource, _input), OriginOf(resource))));
        }

        failures.ThrowIfAny();
        foreach (var (transformer, origin) in transformers)
        {
            var told = _context.Diagnostics.Count;
            accumulator.Run(transformer);
            _steps++;
            _unusedSteps += _context.Diagnostics.Count > told ? 1 : 0;
            Annotate(accumulator.Resources, origin ?? BuiltInOrigin(transformer.Kind));
        }
    }

    private static void Annotate(ResourceList resources, Origin? origin)
    {
        if (origin is null)
        {
            return;
        }

        foreach (var resource in resources)
        {
            if (resource.Annotation(Origin.Annotation) is null)
            {
                resource.SetAnnotation(Origin.Annotation, origin.ToText());
            }
            else
            {
                resource.SetAnnotation(Origin.TransformationsAnnotation, origin.AppendTo(resource.Annotation(Origin.TransformationsAnnotation)));
            }
        }
    }

    private void RunValidators(Accumulator accumulator)
    {
        foreach (var resource in PluginConfigs("validators"))
        {
            var validator = PluginLoader.LoadTransformer(resource, _input);
            var before = accumulator.Resources.Select(r => r.Object.DeepClone()).ToList();
            accumulator.Run(validator);
            var after = accumulator.Resources.Select(r => WithoutMark(r.Object.DeepClone())).ToList();
            if (before.Count != after.Count || !before.Zip(after).All(p => p.First.Equals(p.Second)))
            {
                throw new BuildFailure("validator shouldn't modify the resource map", validator.Span) { Code = "kustomize-validator" };
            }
        }
    }

    private static MapValue WithoutMark(MapValue value)
    {
        (value.At("metadata", "labels") as MapValue)?.Remove("validated-by");
        return value;
    }

    private Origin? BuiltInOrigin(string kind) => _origin is null ? null : new Origin
    {
        Repo = _origin.Repo,
        Ref = _origin.Ref,
        ConfiguredIn = Origin.Clean(_origin.Path.Length == 0 ? File.Name : $"{_origin.Path}/{File.Name}"),
        ConfiguredBy = ("builtin", kind, "", ""),
    };

    private Origin? OriginOf(Resource resource)
    {
        if (_origin is null || resource.Annotation(Origin.Annotation) is not { } text)
        {
            return null;
        }

        var fields = YamlReader.Read(text).Result as MapValue ?? [];
        return new Origin
        {
            Repo = fields.Text("repo"),
            Ref = fields.Text("ref"),
            ConfiguredIn = fields.Text("path"),
            ConfiguredBy = (Scalar.Text(resource.Object["apiVersion"]), resource.Kind, resource.Name, resource.Namespace),
        };
    }
}
