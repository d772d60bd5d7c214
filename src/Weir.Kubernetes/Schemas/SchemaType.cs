namespace Weir.Kubernetes;

/// <summary>The JSON type that a schema asks for.</summary>
public enum SchemaType
{
    /// <summary>Anything.</summary>
    Any,
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
}
