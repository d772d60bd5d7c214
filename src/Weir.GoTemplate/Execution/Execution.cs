using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>The state of one execution.</summary>
internal sealed class Execution(TemplateSet templates, TemplateHost host)
{
    public TemplateSet Templates { get; } = templates;

    public TemplateHost Host { get; } = host;

    public bool HasFailed => throw new NotImplementedException();

    public CallSite TakeSite() => throw new NotImplementedException();

    public Value? FailCall(string message, TemplateError? cause) => throw new NotImplementedException();

    public TemplateResult RenderNested(TemplateSet set, string name, Value data) => throw new NotImplementedException();
}
