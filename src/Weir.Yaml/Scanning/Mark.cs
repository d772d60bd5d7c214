namespace Weir.Yaml.Scanning;

/// <summary>A place in the text; line and column count from 0, as libyaml's marks do.</summary>
internal readonly struct Mark(int index, int line, int column)
{
    public int Index { get; } = index;

    public int Line { get; } = line;

    public int Column { get; } = column;
}
