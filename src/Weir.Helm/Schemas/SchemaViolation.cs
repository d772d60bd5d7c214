using System.Text;
using Weir.Values;

namespace Weir.Helm;

/// <summary>One way in which a value is not what a schema asks for, with those that caused it.</summary>
internal sealed class SchemaViolation(string location, string message, SourceSpan span)
{
    /// <summary>The value's place as a JSON pointer.</summary>
    public string Location { get; } = location;

    public string Message { get; } = message;

    /// <summary>Where the value was written.</summary>
    public SourceSpan Span { get; } = span;

    /// <summary>Several violations of one schema: shown as its parts only.</summary>
    public bool IsGroup { get; init; }

    /// <summary>A violation behind a reference: with a single cause it is not shown itself.</summary>
    public bool IsReference { get; init; }

    public IReadOnlyList<SchemaViolation> Causes { get; init; } = [];

    /// <summary>The violations without causes of their own: what a person has to change.</summary>
    public IEnumerable<SchemaViolation> Leaves => Causes.Count == 0 ? [this] : Causes.SelectMany(c => c.Leaves);

    /// <summary>Writes the lines that Helm prints.</summary>
    public void Write(StringBuilder text, int indent = 1)
    {
        if (!(IsReference && Causes.Count == 1))
        {
            if (text.Length > 0)
            {
                text.Append('\n');
            }

            text.Append(' ', (indent - 1) * 2).Append("- at ").Append(Quote(Location)).Append(": ").Append(Message);
            indent++;
        }

        foreach (var cause in Causes)
        {
            cause.Write(text, indent);
        }
    }

    /// <summary>A text in single quotes, as the schema library quotes.</summary>
    public static string Quote(string text) =>
        $"'{GoQuote.Quote(text)[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
