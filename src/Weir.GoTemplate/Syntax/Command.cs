using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>One stage of a pipeline: words, of which the first may be called with the others.</summary>
internal sealed class Command(ParsedText source, int position, Operand[] words) : Node(source, position)
{
    public Operand[] Words { get; } = words;

    public Value? Evaluate(Execution execution, bool hasFinal, Value? final) =>
        Words[0].EvaluateCommand(execution, this, hasFinal, final);

    public override void WriteTo(SyntaxWriter writer)
    {
        for (var i = 0; i < Words.Length; i++)
        {
            if (i > 0)
            {
                writer.Word(" ");
            }

            writer.Operand(Words[i]);
        }
    }
}
