namespace Weir.ApiServer.Protobuf;

/// <summary>How a type stands in protobuf when that is not as its schema suggests.</summary>
internal enum WireType
{
    /// <summary>Scalars, messages, lists and maps as in the schema.</summary>
    Plain,

    /// <summary>Base64 text in JSON, bytes here.</summary>
    Bytes,

    /// <summary>A moment: seconds and nanoseconds.</summary>
    Time,

    /// <summary>A text inside a message: quantities.</summary>
    Text,

    /// <summary>A whole number or a text.</summary>
    IntOrString,

    /// <summary>Any value, as JSON inside a message.</summary>
    Json,

    SchemaOrArray,

    SchemaOrBool,

    SchemaOrStrings,
}
