using System.Text;
using System.Text.RegularExpressions;
using Weir.Kustomize.Generators;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Loading;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;
using Weir.Kustomize.Transformers;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize;

/// <summary>
/// What <c>kustomize build</c> does, on a tree of files. Builds share nothing and may run side by side.
/// </summary>
public static partial class KustomizeBuild
{
    private const string ManagedByLabel = "app.kubernetes.io/managed-by";

    /// <summary>Annotations that kustomize keeps for itself and that no result shows.</summary>
    private static readonly HashSet<string> InternalAnnotations = new(StringComparer.Ordinal)
    {
        "internal.config.kubernetes.io/previousKinds",
        "internal.config.kubernetes.io/previousNames",
        "internal.config.kubernetes.io/previousNamespaces",
        "internal.config.kubernetes.io/prefixes",
        "internal.config.kubernetes.io/suffixes",
        "internal.config.kubernetes.io/refBy",
        "internal.config.kubernetes.io/generatorBehavior",
        "internal.config.kubernetes.io/needsHashSuffix",
        "internal.config.kubernetes.io/allowNameChange",
        "internal.config.kubernetes.io/allowKindChange",
        "internal.config.kubernetes.io/path",
        "internal.config.kubernetes.io/index",
        "internal.config.kubernetes.io/seqindent",
        "internal.config.kubernetes.io/id",
        "internal.config.kubernetes.io/annotations-migration-resource-id",
        "internal.config.kubernetes.io/helm-generated",
        "config.kubernetes.io/path",
        "config.kubernetes.io/index",
        "config.k8s.io/id",
    };

    /// <summary>
    /// Builds the kustomization in a directory of the tree. The directory is a path from the tree's root, or the address
    /// of a repository when remote bases are allowed.
    /// </summary>
    public static KustomizeResult Run(IFileTree tree, string directory, KustomizeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(directory);
        var context = new BuildContext(options ?? KustomizeOptions.Default);
        try
        {
            var resources = Build(context, tree, directory);
            var errors = context.Diagnostics.Where(d => d.Severity == Severity.Error).ToList();
            return errors.Count > 0
                ? new KustomizeResult([], context.Diagnostics, errors[0].Message)
                : new KustomizeResult([.. resources.Select(r => r.Object)], context.Diagnostics, null, context.Tracker?.ToHistory(resources));
        }
        catch (BuildFailure failure)
        {
            context.Tell(failure.ToDiagnostic());
            foreach (var other in failure.Others)
            {
                context.Tell(other);
            }

            return new KustomizeResult([], context.Diagnostics, failure.Message);
        }
    }

    /// <summary>The objects as <c>kustomize build</c> prints them.</summary>
    public static string ToYaml(IReadOnlyList<MapValue> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var text = new StringBuilder();
        foreach (var value in objects)
        {
            if (text.Length > 0)
            {
                text.Append("---\n");
            }

            text.Append(YamlWriter.Write(value));
        }

        return text.ToString();
    }

    private static ResourceList Build(BuildContext context, IFileTree tree, string directory)
    {
        var target = KustomizationTarget.Load(context, Loader.Create(context, tree, directory));
        var accumulator = target.Accumulate();
        accumulator.Run(new HashTransformer());
        accumulator.FixReferences();
        accumulator.ResolveVars();
        var resources = accumulator.Resources;
        resources.RemoveAll(r => r.Annotation("config.kubernetes.io/local-config") is { } local && local != "false");
        Sort(context, resources, target.File);
        if (context.Options.AddManagedByLabel || target.File.BuildMetadata.Contains("managedByLabel"))
        {
            accumulator.Run(new LabelTransformer(
                new SortedDictionary<string, string>(StringComparer.Ordinal) { [ManagedByLabel] = $"kustomize-{context.Options.Version}" },
                [new(KindExtensions.Any, "metadata/labels", Create: true)]));
        }

        foreach (var resource in resources)
        {
            Finish(resource, target.File.BuildMetadata);
        }

        UnusedGenerators.Tell(context, resources);

        return resources;
    }

    private static void Sort(BuildContext context, ResourceList resources, KustomizationFile file)
    {
        if (file.Fields.GetMap("sortOptions") is not { } options)
        {
            if (context.Options.Order == ResourceOrder.Legacy)
            {
                SortOptions.Sort(resources, KindOrder.Default);
            }

            return;
        }

        if (context.Options.IsOrderExplicit)
        {
            context.Tell(Diagnostic.Warning(
                "kustomize-two-orders",
                "Warning: Sorting order is set both in 'kustomization.yaml' ('sortOptions') and in a CLI flag ('--reorder'). Using the kustomization file over the CLI flag.",
                file.Fields.KeySpan("sortOptions")));
        }

        SortOptions.Apply(resources, options);
    }

    /// <summary>Takes away what is kustomize's own and makes plain values of all scalars.</summary>
    private static void Finish(Resource resource, IReadOnlyList<string> buildMetadata)
    {
        var annotations = resource.MetadataMap("annotations");
        foreach (var key in annotations.Keys.Where(InternalAnnotations.Contains).ToList())
        {
            annotations.Remove(key);
        }

        if (!buildMetadata.Contains("originAnnotations"))
        {
            annotations.Remove(Origin.Annotation);
        }

        if (!buildMetadata.Contains("transformerAnnotations"))
        {
            annotations.Remove(Origin.TransformationsAnnotation);
        }

        resource.SetMetadataMap("annotations", annotations);
        try
        {
            resource.RequireStringKeys();
            NodeSettling.Settle(resource.Object);
        }
        catch (BuildFailure failure)
        {
            var told = resource.Kind == "Secret" ? failure.WithMessage(QuotedText().Replace(failure.Message, "`…`")) : failure;
            throw told.Wrap("map[string]interface {}(nil)").At(resource.Object.Span);
        }
    }

    /// <summary>What go-yaml shows of a scalar that it cannot read.</summary>
    [GeneratedRegex("`[^`]*`", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedText();
}
