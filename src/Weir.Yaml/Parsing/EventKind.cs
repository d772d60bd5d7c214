namespace Weir.Yaml.Parsing;

/// <summary>What the parser tells the composer.</summary>
internal enum EventKind : byte
{
    StreamEnd,
    DocumentStart,
    DocumentEnd,
    Alias,
    Scalar,
    SequenceStart,
    SequenceEnd,
    MappingStart,
    MappingEnd,
}
