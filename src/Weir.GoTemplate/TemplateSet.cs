using System.Diagnostics.CodeAnalysis;
using Weir.GoTemplate.Syntax;
using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>
/// Templates that share one namespace of names, as Go's associated templates do. Executing changes nothing, so one set
/// may be executed on many threads at once; parsing into it must not run at the same time.
/// </summary>
public sealed class TemplateSet
{
    private readonly TemplateSet? _parent;
    private readonly ParsedTextCache _cache;
    private Dictionary<string, Template>? _templates;

    public TemplateSet(FunctionTable functions, TemplateSetOptions? options = null)
    {
        Functions = FunctionTable.Combine(FunctionTable.Builtins, functions);
        Options = options ?? TemplateSetOptions.Default;
        _cache = new ParsedTextCache(Functions, Options);
    }

    private TemplateSet(TemplateSet parent)
    {
        _parent = parent;
        _cache = parent._cache;
        Functions = parent.Functions;
        Options = parent.Options;
    }

    /// <summary>The functions that templates of this set may call, Go's own included.</summary>
    public FunctionTable Functions { get; }

    public TemplateSetOptions Options { get; }

    /// <summary>The names of all templates of this set.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            for (var set = this; set is not null; set = set._parent)
            {
                names.UnionWith(set._templates?.Keys ?? Enumerable.Empty<string>());
            }

            return names;
        }
    }

    /// <summary>
    /// Parses a text under a name, with all templates that it defines. A later definition replaces an earlier one unless
    /// it is empty. Answers the error, after which the set is as before, or <see langword="null"/>.
    /// </summary>
    public TemplateError? Parse(string name, string text) => Parse(name, text, out _);

    /// <summary>As <see cref="Parse(string, string)"/>; hands out the template of the text itself, which counts even when it is empty.</summary>
    public TemplateError? Parse(string name, string text, out Template? template)
    {
        var parsed = _cache.Get(name, text, out var error);
        template = null;
        if (parsed is null)
        {
            return error;
        }

        foreach (var definition in parsed.Templates)
        {
            if (string.Equals(definition.Name, name, StringComparison.Ordinal))
            {
                template = definition;
            }

            if (!definition.IsEmpty || Find(definition.Name) is null)
            {
                (_templates ??= new Dictionary<string, Template>(StringComparer.Ordinal))[definition.Name] = definition;
            }
        }

        return null;
    }

    public bool Contains(string name) => Find(name) is not null;

    public bool TryFind(string name, [NotNullWhen(true)] out Template? template)
    {
        template = Find(name);
        return template is not null;
    }

    /// <summary>
    /// A set that starts with these templates and leaves this one alone when more are parsed into it. Costs next to
    /// nothing; texts that were parsed before, here or in another derived set, are not parsed again.
    /// </summary>
    public TemplateSet Derive() => new(this);

    /// <summary>Executes a template.</summary>
    public TemplateResult Execute(string name, Value data, TemplateHost host, TemplateLimits? limits = null) =>
        Find(name) is { } template ? Execute(template, data, host, limits) : new TemplateResult("", NotFound(name));

    /// <summary>Executes a template that need not be one of this set, with the names of this set.</summary>
    public TemplateResult Execute(Template template, Value data, TemplateHost host, TemplateLimits? limits = null) =>
        new Execution(this, host, limits ?? TemplateLimits.Default).Run(template, data);

    internal Template? Find(string name)
    {
        for (var set = this; set is not null; set = set._parent)
        {
            if (set._templates is { } templates && templates.TryGetValue(name, out var template))
            {
                return template;
            }
        }

        return null;
    }

    internal TemplateError NotFound(string name) => new()
    {
        Message = $"template: no template {GoQuote.Quote(name)} associated with template {GoQuote.Quote(Options.Name)}",
    };
}
