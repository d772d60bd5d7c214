namespace Weir.GoTemplate.Syntax;

/// <summary>What <c>if</c>, <c>with</c> and <c>range</c> share: a pipeline, a body, and what runs otherwise.</summary>
internal abstract class BranchStatement(
    ParsedText source,
    int position,
    string keyword,
    Pipeline pipeline,
    StatementList body,
    StatementList? otherwise) : Statement(source, position)
{
    public Pipeline Pipeline { get; } = pipeline;

    public StatementList Body { get; } = body;

    public StatementList? Otherwise { get; } = otherwise;

    public override void WriteTo(SyntaxWriter writer)
    {
        writer.Open(keyword);
        writer.Word(" ");
        Pipeline.WriteTo(writer);
        writer.Close();
        Body.WriteTo(writer);
        if (Otherwise is not null)
        {
            writer.Open("else");
            writer.Close();
            Otherwise.WriteTo(writer);
        }

        writer.Open("end");
        writer.Close();
    }
}
