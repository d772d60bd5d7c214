namespace Weir.Cel;

/// <summary>
/// What is known of a value beforehand: what its parts are, and how large it can get. Expressions are checked against its
/// <see cref="ToType"/>; values that run carry it (see <see cref="CelValues.Typed"/>).
/// </summary>
public sealed class CelSchema
{
    /// <summary>The largest request that Kubernetes accepts, in bytes: nothing in it can be larger.</summary>
    public const long MaxRequestSize = 3 * 1024 * 1024;

    private static readonly IReadOnlyDictionary<string, CelSchema> NoFields = new Dictionary<string, CelSchema>();

    public required CelSchemaKind Kind { get; init; }

    public bool IsNullable { get; init; }

    /// <summary>The fields of an object by the names that the object has.</summary>
    public IReadOnlyDictionary<string, CelSchema> Fields { get; init; } = NoFields;

    /// <summary>Items of a list, values of a map; <see langword="null"/> for other kinds.</summary>
    public CelSchema? Element { get; init; }

    public CelListOrder ListOrder { get; init; }

    /// <summary>The fields that identify an item when <see cref="ListOrder"/> is <see cref="CelListOrder.ByKeys"/>.</summary>
    public IReadOnlyList<string> ListKeys { get; init; } = [];

    /// <summary>How many items, entries, characters or bytes there can be; nothing for other kinds.</summary>
    public long MaxElements { get; init; }

    /// <summary>The least number of bytes that a value takes in a request.</summary>
    public long MinSerializedSize { get; init; } = 1;

    /// <summary>False when expressions cannot name the value: it, or what it holds, is unknown.</summary>
    public bool IsExposed { get; init; } = true;

    /// <summary>The type of the value. Objects get names that begin with <paramref name="name"/>, so that two differ.</summary>
    public CelType ToType(string name) => Kind switch
    {
        CelSchemaKind.List => CelType.List(Element!.ToType(name + ".@idx")),
        CelSchemaKind.Map => CelType.Map(CelType.String, Element!.ToType(name + ".@elem")),
        CelSchemaKind.Object => ToObject(name),
        CelSchemaKind.String => CelType.String,
        CelSchemaKind.Bytes => CelType.Bytes,
        CelSchemaKind.Duration => CelType.Duration,
        CelSchemaKind.Date or CelSchemaKind.DateTime => CelType.Timestamp,
        CelSchemaKind.Double => CelType.Double,
        CelSchemaKind.Int => CelType.Int,
        CelSchemaKind.Bool => CelType.Bool,
        _ => CelType.Dyn,
    };

    /// <summary>The schema of a field as expressions write it, or <see langword="null"/> when they cannot.</summary>
    internal CelSchema? Field(string escaped) =>
        FieldNames.Unescape(escaped) is { } name && Fields.TryGetValue(name, out var field) && field.IsExposed && FieldNames.Escape(name) == escaped
            ? field
            : null;

    private CelType ToObject(string name)
    {
        var known = new Dictionary<string, CelType?>(StringComparer.Ordinal);
        return CelType.Object(name, field =>
        {
            lock (known)
            {
                if (!known.TryGetValue(field, out var type))
                {
                    known[field] = type = Field(field)?.ToType($"{name}.{field}");
                }

                return type;
            }
        });
    }
}
