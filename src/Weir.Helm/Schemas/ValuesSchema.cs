using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary>A chart's <c>values.schema.json</c>, ready to check values with.</summary>
internal sealed class ValuesSchema
{
    private readonly SchemaNode? _root;

    private ValuesSchema(SchemaNode? root, string? error, IReadOnlyList<string> warnings)
    {
        _root = root;
        Error = error;
        Warnings = warnings;
    }

    /// <summary>Why the schema cannot be used, in the library's words; <see langword="null"/> when it can.</summary>
    public string? Error { get; }

    public IReadOnlyList<string> Warnings { get; }

    public static ValuesSchema Parse(ChartFile file)
    {
        var read = JsonReader.Read(file.Data.Span);
        if (!read.TryGet(out var schema))
        {
            return new(null, read.Diagnostics[0].Message, []);
        }

        if (schema is not (MapValue or BoolValue))
        {
            return new(null, SchemaRules.Check(schema, SchemaDraft.Draft2020), []);
        }

        var document = new SchemaDocument(schema);
        if (document.Error is null && SchemaRules.Check(schema, document.Draft) is { } invalid)
        {
            return new(null, invalid, []);
        }

        var warnings = new List<string>();
        var (root, error) = SchemaCompiler.Compile(document, warnings);
        return new(root, error, warnings);
    }

    public IReadOnlyList<SchemaViolation> Validate(MapValue values) => _root is null ? [] : SchemaValidator.Validate(_root, values);
}
