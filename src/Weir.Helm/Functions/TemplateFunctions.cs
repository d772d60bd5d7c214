using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Helm;

/// <summary>Functions that execute other templates.</summary>
internal static class TemplateFunctions
{
    /// <summary>How deep one name may include itself, directly or not.</summary>
    private const int MaxIncludes = 1000;

    /// <summary>What a text given to <c>tpl</c> is called: the root of Helm's template tree.</summary>
    internal const string RootName = "gotpl";

    public static FunctionTable Table { get; } = FunctionTable.Create(
        new TemplateFunction("include", "func(string, any) (string, error)", Include),
        new TemplateFunction("tpl", "func(string, any) (string, error)", Tpl));

    private static Value? Include(CallContext context, Arguments arguments)
    {
        var name = arguments.String(0);
        var depths = ((HelmHost)context.Host).IncludeDepth;
        var depth = depths.GetValueOrDefault(name);
        if (depth > MaxIncludes)
        {
            return context.Fail($"rendering template has a nested reference name: {name}: unable to execute template");
        }

        depths[name] = depth + 1;
        var result = context.Render(name, arguments[1]);
        depths[name] = depth;
        return result.Succeeded ? new StringValue(result.Text) : context.Fail(result.Error);
    }

    private static Value? Tpl(CallContext context, Arguments arguments)
    {
        var text = arguments.String(0);
        if (!text.Contains("{{", StringComparison.Ordinal))
        {
            return HelmText.WithoutNoValue(text) is var plain && ReferenceEquals(plain, text) ? arguments[0] : new StringValue(plain);
        }

        var templates = context.Templates.Derive();
        if (templates.Parse(RootName, text, out var template) is { } unreadable)
        {
            return context.Fail(unreadable, $"cannot parse template {GoQuote.Quote(text)}: ");
        }

        var result = context.Render(templates, template!, arguments[1]);
        return result.Succeeded
            ? new StringValue(HelmText.WithoutNoValue(result.Text))
            : context.Fail(result.Error, $"error during tpl function execution for {GoQuote.Quote(text)}: ");
    }
}
