using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary><c>{{template "name" pipeline}}</c>, and what <c>{{block}}</c> leaves where it stood.</summary>
internal sealed class TemplateStatement(ParsedText source, int position, string name, Pipeline? pipeline) : Statement(source, position)
{
    public string Name => name;

    public Pipeline? Pipeline => pipeline;

    public override Flow Execute(Execution execution)
    {
        execution.At = this;
        if (!execution.Step())
        {
            return Flow.Failed;
        }

        var template = execution.Templates.Find(name);
        if (template is null)
        {
            return execution.FailFlow($"template {GoQuote.Quote(name)} not defined");
        }

        if (!execution.CanGoDeeper())
        {
            return Flow.Failed;
        }

        var data = pipeline?.Evaluate(execution);
        return execution.HasFailed ? Flow.Failed : execution.Invoke(template, data, this);
    }

    public override void WriteTo(SyntaxWriter writer)
    {
        writer.Open("template ");
        writer.Word(GoQuote.Quote(name));
        if (pipeline is not null)
        {
            writer.Word(" ");
            pipeline.WriteTo(writer);
        }

        writer.Close();
    }
}
