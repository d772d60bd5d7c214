using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Helm;

/// <summary>Functions that ask the release and its cluster, or refuse to go on.</summary>
internal static class ReleaseFunctions
{
    /// <summary>Marks the words of a chart's author within an error, so that they can be shown alone.</summary>
    internal const string MessageStart = "HELM_ERR_START";

    internal const string MessageEnd = "HELM_ERR_END";

    public static FunctionTable Table { get; } = FunctionTable.Create(
        new TemplateFunction("required", "func(string, any) (any, error)", Required),
        new TemplateFunction("fail", "func(string) (string, error)", Fail),
        new TemplateFunction("lookup", "func(string, string, string, string) (map[string]any, error)", Lookup),
        new TemplateFunction("getHostByName", "func(string) string", (context, a) => new StringValue(context.Host.ResolveHost(a.String(0)))));

    private static Value? Required(CallContext context, Arguments arguments)
    {
        var value = arguments[1];
        if (value is not (NullValue or StringValue { Value.Length: 0 }))
        {
            return value;
        }

        return ((HelmHost)context.Host).Options.LintMode
            ? StringValue.Empty
            : context.Fail(MessageStart + arguments.String(0) + MessageEnd);
    }

    private static Value? Fail(CallContext context, Arguments arguments) => ((HelmHost)context.Host).Options.LintMode
        ? StringValue.Empty
        : context.Fail(MessageStart + arguments.String(0) + MessageEnd);

    private static MapValue Lookup(CallContext context, Arguments arguments) =>
        ((HelmHost)context.Host).Options is { LintMode: false, Lookup: { } lookup }
            ? lookup(arguments.String(0), arguments.String(1), arguments.String(2), arguments.String(3))
            : new MapValue();
}
