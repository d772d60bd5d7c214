namespace Weir.GoTemplate.Syntax;

/// <summary>A pipeline whose value is printed, unless it declares or assigns variables.</summary>
internal sealed class ActionStatement(ParsedText source, int position, Pipeline pipeline) : Statement(source, position)
{
    public Pipeline Pipeline => pipeline;

    public override Flow Execute(Execution execution)
    {
        execution.At = this;
        if (!execution.Step())
        {
            return Flow.Failed;
        }

        var value = pipeline.Evaluate(execution);
        if (execution.HasFailed)
        {
            return Flow.Failed;
        }

        if (pipeline.Variables.Length > 0)
        {
            return Flow.Next;
        }

        execution.At = this;
        return execution.Print(value);
    }

    public override void WriteTo(SyntaxWriter writer)
    {
        writer.Open("");
        pipeline.WriteTo(writer);
        writer.Close();
    }
}
