using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary>A chart's <c>values.schema.json</c>, ready to check values with.</summary>
internal sealed class ValuesSchema
{
    private readonly SchemaNode? _root;

    private ValuesSchema(SchemaNode? root, string? error, IReadOnlyList<string> warnings, IReadOnlyList<string> missing)
    {
        _root = root;
        Error = error;
        Warnings = warnings;
        Missing = missing;
    }

    /// <summary>Why the schema cannot be used, in the library's words; <see langword="null"/> when it can.</summary>
    public string? Error { get; }

    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Addresses of schemas that it refers to and that were not fetched.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>The state of the fetched schemas that it was made with.</summary>
    public int Version { get; private init; }

    public static ValuesSchema Parse(ChartFile file, RemoteSchemas? remote)
    {
        var read = JsonReader.Read(file.Data.Span);
        if (!read.TryGet(out var schema))
        {
            return new(null, read.Diagnostics[0].Message, [], []);
        }

        if (schema is not (MapValue or BoolValue))
        {
            return new(null, SchemaRules.Check(schema, SchemaDraft.Draft2020), [], []);
        }

        var document = new SchemaDocument(schema);
        if (document.Error is null && SchemaRules.Check(schema, document.Draft) is { } invalid)
        {
            return new(null, invalid, [], []);
        }

        var version = remote?.Version ?? 0;
        var compiled = SchemaCompiler.Compile(document, remote);
        return new(compiled.Error is null ? compiled.Root : null, compiled.Error, compiled.Warnings, compiled.Missing) { Version = version };
    }

    public IReadOnlyList<SchemaViolation> Validate(MapValue values) => _root is null ? [] : SchemaValidator.Validate(_root, values);
}
