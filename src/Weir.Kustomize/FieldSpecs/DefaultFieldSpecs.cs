using System.Collections.Immutable;
using Weir.Kubernetes;

namespace Weir.Kustomize.FieldSpecs;

/// <summary>The fields that kustomize transforms without being told.</summary>
internal static class DefaultFieldSpecs
{
    private static readonly Lazy<TransformerConfig> Lazily = new(Read);

    public static TransformerConfig Config => Lazily.Value;

    private static TransformerConfig Read()
    {
        using var stream = typeof(DefaultFieldSpecs).Assembly.GetManifestResourceStream("default-field-specs.txt")
            ?? throw new InvalidOperationException("The table of default fields is not embedded.");
        using var reader = new StreamReader(stream);
        var sections = new Dictionary<string, List<FieldSpec>>(StringComparer.Ordinal);
        var references = new List<(GroupVersionKind Target, List<FieldSpec> Fields)>();
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "#":
                    break;
                case "nameReference":
                    references.Add((Kind(words.AsSpan(1)), []));
                    break;
                case "@":
                    references[^1].Fields.Add(Field(words));
                    break;
                default:
                    if (!sections.TryGetValue(words[0], out var section))
                    {
                        sections[words[0]] = section = [];
                    }

                    section.Add(Field(words));
                    break;
            }
        }

        ImmutableArray<FieldSpec> Section(string name) => ImmutableArray<FieldSpec>.Empty.MergeAll([.. sections[name]]).Sorted();
        var config = new TransformerConfig
        {
            NamePrefix = Section("namePrefix"),
            NameSuffix = Section("nameSuffix"),
            Namespace = Section("namespace"),
            CommonLabels = Section("commonLabels"),
            TemplateLabels = Section("templateLabels"),
            CommonAnnotations = Section("commonAnnotations"),
            VarReference = Section("varReference"),
            Images = Section("images"),
            Replicas = Section("replicas"),
        };
        foreach (var (target, fields) in references)
        {
            config = config.WithNameReference(new NameReference(target, [.. fields]));
        }

        return config;
    }

    private static FieldSpec Field(string[] words) => new(Kind(words.AsSpan(2)), words[1], words[5] == "create");

    private static GroupVersionKind Kind(ReadOnlySpan<string> words) => new(Part(words[2]), Part(words[1]), Part(words[0]));

    private static string Part(string word) => word == "-" ? "" : word;
}
