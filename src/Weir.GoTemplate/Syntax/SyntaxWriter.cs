using System.Text;
using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>Writes nodes back as template text, the way Go shows expressions in errors.</summary>
internal sealed class SyntaxWriter(ParsedText source)
{
    private readonly StringBuilder _output = new();

    /// <summary>Text between actions is written as a Go literal; only tests ask for that.</summary>
    public bool QuotesText { get; init; }

    public void Open(string content) => _output.Append(source.LeftDelimiter).Append(content);

    public void Close() => _output.Append(source.RightDelimiter);

    public void Word(string text) => _output.Append(text);

    public void Text(string text) => _output.Append(QuotesText ? GoQuote.Quote(text) : text);

    /// <summary>An operand, in parentheses when it is a pipeline.</summary>
    public void Operand(Node node)
    {
        if (node is not Pipeline)
        {
            node.WriteTo(this);
            return;
        }

        Word("(");
        node.WriteTo(this);
        Word(")");
    }

    public override string ToString() => _output.ToString();
}
