using Weir.Values;

namespace Weir.Flux;

/// <summary>Reads the outer shape that all kinds share.</summary>
internal static class FluxReader
{
    /// <summary>Reads one object; the declarations say what its spec and status hold.</summary>
    public static Parsed<T> Read<T, TSpec, TStatus>(
        MapValue value,
        Func<FieldReader, TSpec> readSpec,
        Func<FieldReader, TStatus> readStatus,
        Func<ObjectMetadata, TSpec, TStatus, T> make)
        where T : class
    {
        var diagnostics = new List<Diagnostic>();
        var reader = new FieldReader(value, "", diagnostics);
        reader.Any("apiVersion", "");
        reader.Any("kind", "");
        reader.Any("metadata", "");
        var spec = ReadPart("spec", readSpec, isRequired: true);
        var status = ReadPart("status", readStatus, isRequired: false);
        reader.Finish();
        return new(make(ObjectMetadata.Read(value), spec, status), diagnostics);

        TPart ReadPart<TPart>(string name, Func<FieldReader, TPart> read, bool isRequired)
        {
            var part = reader.Any(name, "");
            if (part is not MapValue map)
            {
                if (part is not null and not NullValue)
                {
                    diagnostics.Add(Diagnostic.Error("flux-type", $"'{name}' must be a map", part.Span));
                }

                // Without its own text a status holds nothing; a spec reports each field that it needs.
                var quiet = new FieldReader(new MapValue { }, name, isRequired ? diagnostics : []);
                return read(quiet);
            }

            var nested = new FieldReader(map, name, diagnostics);
            var result = read(nested);
            nested.Finish();
            return result;
        }
    }

    /// <summary>Reads one object of a kind without status.</summary>
    public static Parsed<T> Read<T, TSpec>(MapValue value, Func<FieldReader, TSpec> readSpec, Func<ObjectMetadata, TSpec, T> make)
        where T : class =>
        Read(value, readSpec, static f => f.Any("observedGeneration", ""), (metadata, spec, _) => make(metadata, spec));
}
