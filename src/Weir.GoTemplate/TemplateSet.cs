using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>
/// Templates that share one namespace of names, as Go's associated templates do. Executing changes nothing, so one set
/// may be executed on many threads at once; parsing into it must not run at the same time.
/// </summary>
public sealed class TemplateSet
{
    private readonly TemplateSet? _parent;

    public TemplateSet(FunctionTable functions, TemplateSetOptions? options = null)
    {
        Functions = FunctionTable.Combine(FunctionTable.Builtins, functions);
        Options = options ?? TemplateSetOptions.Default;
    }

    private TemplateSet(TemplateSet parent)
    {
        _parent = parent;
        Functions = parent.Functions;
        Options = parent.Options;
    }

    /// <summary>The functions that templates of this set may call, Go's own included.</summary>
    public FunctionTable Functions { get; }

    public TemplateSetOptions Options { get; }

    /// <summary>The names of all templates of this set.</summary>
    public IEnumerable<string> Names => throw new NotImplementedException();

    /// <summary>
    /// Parses a text under a name, with all templates that it defines. A later definition replaces an earlier one unless
    /// it is empty. Answers the error, after which the set is as before, or <see langword="null"/>.
    /// </summary>
    public TemplateError? Parse(string name, string text) => throw new NotImplementedException();

    public bool Contains(string name) => throw new NotImplementedException();

    /// <summary>
    /// A set that starts with these templates and leaves this one alone when more are parsed into it. Costs next to
    /// nothing; texts that were parsed before, here or in another derived set, are not parsed again.
    /// </summary>
    public TemplateSet Derive() => new(this);

    /// <summary>Executes a template.</summary>
    public TemplateResult Execute(string name, Value data, TemplateHost host, TemplateLimits? limits = null) =>
        throw new NotImplementedException();
}
