using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Loading;
using Weir.Kustomize.Nodes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Kustomizations;

/// <summary>Reads the files of the <c>configurations</c> field.</summary>
internal static class TransformerConfigReader
{
    /// <summary>The default configuration with those of the files.</summary>
    public static TransformerConfig Read(Loader loader, IReadOnlyList<string> paths)
    {
        var defaults = TransformerConfig.Empty.Merge(DefaultFieldSpecs.Config);
        if (paths.Count == 0)
        {
            return defaults;
        }

        var custom = TransformerConfig.Empty;
        foreach (var path in paths)
        {
            custom = custom.Merge(ReadFile(loader.LoadText(path), loader.Display(path)));
        }

        return defaults.Merge(custom);
    }

    private static TransformerConfig ReadFile(string text, string file)
    {
        var parsed = YamlReader.Read(text, new YamlReadOptions { File = file, DuplicateKeysAreErrors = true });
        if (!parsed.TryGet(out var root))
        {
            throw NodeReader.Malformed(parsed.Diagnostics);
        }

        var decoder = new GoDecoder(rejectsUnknownFields: true);
        var fields = decoder.Decode(root, KustomizationTypes.TransformerConfig);
        if (decoder.Errors.Count > 0)
        {
            var first = decoder.Errors[0];
            throw new BuildFailure($"error unmarshaling JSON: while decoding JSON: {first.Message}", first.Span, first.Hint)
            {
                Code = first.Code,
                Others = [.. decoder.Errors.Skip(1)],
            };
        }

        return new TransformerConfig
        {
            NamePrefix = FieldSpecReader.ReadAll(fields, "namePrefix").Sorted(),
            NameSuffix = FieldSpecReader.ReadAll(fields, "nameSuffix").Sorted(),
            Namespace = FieldSpecReader.ReadAll(fields, "namespace").Sorted(),
            CommonLabels = FieldSpecReader.ReadAll(fields, "commonLabels").Sorted(),
            Labels = FieldSpecReader.ReadAll(fields, "labels").Sorted(),
            TemplateLabels = FieldSpecReader.ReadAll(fields, "templateLabels").Sorted(),
            CommonAnnotations = FieldSpecReader.ReadAll(fields, "commonAnnotations").Sorted(),
            VarReference = FieldSpecReader.ReadAll(fields, "varReference").Sorted(),
            Images = FieldSpecReader.ReadAll(fields, "images").Sorted(),
            Replicas = FieldSpecReader.ReadAll(fields, "replicas").Sorted(),
            NameReferences = [.. fields.Maps("nameReference")
                .Select(r => new NameReference(FieldSpecReader.Kind(r), FieldSpecReader.ReadAll(r, "fieldSpecs")))],
        };
    }
}
