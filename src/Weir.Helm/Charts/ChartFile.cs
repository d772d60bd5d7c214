using Weir.Values;

namespace Weir.Helm;

/// <summary>One file of a chart, with its path relative to the chart. A byte order mark at its start has been dropped.</summary>
public sealed class ChartFile
{
    private string? _text;

    public ChartFile(string name, ReadOnlyMemory<byte> data, DateTimeOffset? modified = null)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        Name = name;
        Data = data.Span.StartsWith(mark) ? data[mark.Length..] : data;
        Modified = modified;
    }

    public string Name { get; }

    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>When the file was changed, as an archive says; <see langword="null"/> when nobody said.</summary>
    public DateTimeOffset? Modified { get; }

    public string Text => _text ??= GoString.FromBytes(Data.Span);

    public ChartFile Renamed(string name) => new(name, Data, Modified);
}
