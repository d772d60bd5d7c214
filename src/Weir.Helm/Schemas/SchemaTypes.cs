using Weir.Values;

namespace Weir.Helm;

/// <summary>The kinds of JSON that the keyword <c>type</c> names, as a set.</summary>
[Flags]
internal enum SchemaTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Number = 4,
    Integer = 8,
    String = 16,
    Array = 32,
    Object = 64,
}
