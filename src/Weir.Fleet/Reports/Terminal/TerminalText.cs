namespace Weir.Fleet;

/// <summary>Lines for a terminal: painted, cut and wrapped.</summary>
internal sealed class TerminalText(TextWriter output, TerminalOptions options)
{
    public const string Red = "\e[31m";
    public const string Green = "\e[32m";
    public const string Yellow = "\e[33m";
    public const string Faint = "\e[2m";
    public const string Bold = "\e[1m";

    private const string Reset = "\e[0m";
    private const int LeastWidth = 40;
    private const int WidthOfValues = 160;

    /// <summary>The characters that a value may have after so many of its line.</summary>
    public int RoomAfter(int used) => Math.Max(20, Math.Min(Math.Max(LeastWidth, options.Width ?? WidthOfValues) - used, WidthOfValues));

    public string Paint(string text, string colour) => options.WithColour && text.Length > 0 && colour.Length > 0 ? colour + text + Reset : text;

    public void Line(string text = "") => output.WriteLine(text);

    /// <summary>A message that goes on in further lines, a little deeper, when it is long. Colours count for nothing, so only its first words may have any.</summary>
    public void Wrapped(int indent, string head, string text, string? colour = null)
    {
        var width = options.Width is { } w ? Math.Max(LeastWidth, w) : int.MaxValue;
        var line = VisibleText.Of(text.ReplaceLineEndings(" "));
        var room = width - indent - head.Length;
        var shown = head.Length > 0 ? Paint(head, colour ?? "") : "";
        while (line.Length > room)
        {
            var end = line.LastIndexOf(' ', Math.Min(room, line.Length - 1));
            end = end <= 0 ? Math.Max(1, room) : end;
            Line(new string(' ', indent) + shown + (colour is not null && head.Length == 0 ? Paint(line[..end], colour) : line[..end]));
            line = line[end..].TrimStart();
            (shown, room) = ("  ", width - indent - 2);
        }

        Line(new string(' ', indent) + shown + (colour is not null && head.Length == 0 ? Paint(line, colour) : line));
    }

    /// <summary>The beginning of a text, marked when there is more.</summary>
    public static string Cut(string text, int room) => text.Length <= room ? text : text[..Math.Max(1, room - 1)] + "…";

    /// <summary>Two texts that begin alike, each from a little before they part.</summary>
    public static (string Before, string After) Cut(string before, string after, int room)
    {
        if (before.Length <= room && after.Length <= room)
        {
            return (before, after);
        }

        var same = before.AsSpan().CommonPrefixLength(after);
        var start = same <= room / 2 ? 0 : same - (room / 4);
        var mark = start > 0 ? "…" : "";
        return (Cut(mark + before[start..], room), Cut(mark + after[start..], room));
    }
}
