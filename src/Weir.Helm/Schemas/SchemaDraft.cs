namespace Weir.Helm;

/// <summary>The published versions of JSON Schema, in order.</summary>
internal enum SchemaDraft
{
    Draft4 = 4,
    Draft6 = 6,
    Draft7 = 7,
    Draft2019 = 2019,
    Draft2020 = 2020,
}
