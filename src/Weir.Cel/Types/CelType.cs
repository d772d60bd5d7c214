namespace Weir.Cel;

/// <summary>The type of an expression. Two types are equal when they are written alike.</summary>
public sealed class CelType : IEquatable<CelType>
{
    private const string OptionalName = "optional_type";

    private string? _text;

    private CelType(CelTypeKind kind, string name, params CelType[] parameters)
    {
        Kind = kind;
        Name = name;
        Parameters = parameters;
        Size = 1;
        foreach (var parameter in parameters)
        {
            Size = (int)Math.Min((long)Size + parameter.Size, int.MaxValue);
        }
    }

    public static CelType Dyn { get; } = new(CelTypeKind.Dyn, "dyn");

    public static CelType Error { get; } = new(CelTypeKind.Error, "*error*");

    public static CelType Null { get; } = new(CelTypeKind.Null, "null_type");

    public static CelType Bool { get; } = new(CelTypeKind.Bool, "bool");

    public static CelType Int { get; } = new(CelTypeKind.Int, "int");

    public static CelType Uint { get; } = new(CelTypeKind.Uint, "uint");

    public static CelType Double { get; } = new(CelTypeKind.Double, "double");

    public static CelType String { get; } = new(CelTypeKind.String, "string");

    public static CelType Bytes { get; } = new(CelTypeKind.Bytes, "bytes");

    public static CelType Timestamp { get; } = new(CelTypeKind.Timestamp, "google.protobuf.Timestamp");

    public static CelType Duration { get; } = new(CelTypeKind.Duration, "google.protobuf.Duration");

    /// <summary>The type of types.</summary>
    public static CelType Type { get; } = new(CelTypeKind.Type, "type");

    public CelTypeKind Kind { get; }

    /// <summary>The name that the type has as a value, without its parameters.</summary>
    public string Name { get; }

    /// <summary>The element of a list or optional, the key and value of a map; empty for plain types.</summary>
    public IReadOnlyList<CelType> Parameters { get; }

    /// <summary>The type of a field of an object, or <see langword="null"/> when there is none of this name.</summary>
    internal Func<string, CelType?> Fields { get; private init; } = static _ => null;

    public static CelType List(CelType element) => new(CelTypeKind.List, "list", element);

    public static CelType Map(CelType key, CelType value) => new(CelTypeKind.Map, "map", key, value);

    public static CelType Optional(CelType element) => new(CelTypeKind.Opaque, OptionalName, element);

    public static CelType Opaque(string name, params CelType[] parameters) => new(CelTypeKind.Opaque, name, parameters);

    /// <summary>The type of a type's name: <c>type(int)</c>.</summary>
    public static CelType TypeOf(CelType type) => new(CelTypeKind.Type, "type", type);

    /// <summary>A type that a call decides: equal letters stand for equal types.</summary>
    public static CelType Parameter(string name) => new(CelTypeKind.Parameter, name);

    /// <summary>An object. <paramref name="fields"/> answers the type of a field, or <see langword="null"/> when there is no such field.</summary>
    public static CelType Object(string name, Func<string, CelType?> fields) => new(CelTypeKind.Object, name) { Fields = fields };

    /// <summary>An object of a library, without fields.</summary>
    public static CelType Object(string name) => new(CelTypeKind.Object, name);

    /// <summary>How many types it is made of, each use counted.</summary>
    internal int Size { get; }

    internal bool IsOptional => Kind == CelTypeKind.Opaque && Name == OptionalName;

    internal bool IsDynOrError => Kind is CelTypeKind.Dyn or CelTypeKind.Error;

    public bool Equals(CelType? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || Kind != other.Kind || Name != other.Name || Parameters.Count != other.Parameters.Count)
        {
            return false;
        }

        for (var i = 0; i < Parameters.Count; i++)
        {
            if (!Parameters[i].Equals(other.Parameters[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as CelType);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>How the type is written in error messages: <c>list(int)</c>, <c>timestamp</c>.</summary>
    public override string ToString() => _text ??= Kind switch
    {
        CelTypeKind.Error => "!error!",
        CelTypeKind.Null => "null",
        CelTypeKind.Timestamp => "timestamp",
        CelTypeKind.Duration => "duration",
        _ when Parameters.Count > 0 => $"{Name}({string.Join(", ", Parameters)})",
        _ => Name,
    };
}
