namespace Weir.Yaml.Emitting;

/// <summary>How a scalar is written.</summary>
internal enum ScalarStyle : byte
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
}
