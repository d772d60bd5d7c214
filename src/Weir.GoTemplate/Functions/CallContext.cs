using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>What a function may use beside its arguments: the host, the templates, its own place, and a way to fail.</summary>
public readonly struct CallContext
{
    private readonly Execution _execution;

    internal CallContext(Execution execution) => _execution = execution;

    /// <summary>Time, random bytes and whatever else the caller of the engine handed in.</summary>
    public TemplateHost Host => _execution.Host;

    /// <summary>The templates that are being executed: where <c>include</c> looks names up.</summary>
    public TemplateSet Templates => _execution.Templates;

    /// <summary>The place of this call. Every reading counts as one occurrence.</summary>
    public CallSite TakeSite() => _execution.TakeSite();

    /// <summary>
    /// Reports an error: the execution stops with <c>error calling NAME: message</c>. Always to be returned at once:
    /// <c>return context.Fail("…")</c>.
    /// </summary>
    public Value? Fail(string message) => _execution.FailCall(message, null);

    /// <summary>Reports an error that another template's execution or parsing gave, with text before it.</summary>
    public Value? Fail(TemplateError cause, string? prefix = null) => _execution.FailCall(prefix ?? "", cause);

    /// <summary>The text of the argument that <c>call</c> calls, for its messages.</summary>
    internal string? Callee => _execution.Callee;

    /// <summary>True when something already failed in this call, so that the result no longer matters.</summary>
    public bool HasFailed => _execution.HasFailed;

    /// <summary>Executes a template of <see cref="Templates"/> within this execution, under its limits.</summary>
    public TemplateResult Render(string name, Value data) => Templates.Find(name) is { } template
        ? Render(Templates, template, data)
        : new TemplateResult("", Templates.NotFound(name));

    /// <summary>
    /// Executes a template within this execution, with the names of another set, usually one derived from
    /// <see cref="Templates"/>.
    /// </summary>
    public TemplateResult Render(TemplateSet templates, Template template, Value data) =>
        _execution.RenderNested(templates, template, data);
}
