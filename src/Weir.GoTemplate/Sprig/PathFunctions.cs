namespace Weir.GoTemplate.Sprig;

/// <summary>Paths. The <c>os</c> functions are those of Linux, where Helm's controllers run: the same.</summary>
internal static class PathFunctions
{
    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        .. Both("base", "osBase", GoPath.Base),
        .. Both("dir", "osDir", GoPath.Dir),
        .. Both("clean", "osClean", GoPath.Clean),
        .. Both("ext", "osExt", GoPath.Ext),
        new("isAbs", "func(string) bool", static (_, a) => GoPath.IsAbs(a.String(0))),
        new("osIsAbs", "func(string) bool", static (_, a) => GoPath.IsAbs(a.String(0))),
    ]);

    private static IEnumerable<TemplateFunction> Both(string name, string osName, Func<string, string> operation)
    {
        var function = new TemplateFunction(name, "func(string) string", (_, a) => operation(a.String(0)));
        return [function, function.As(osName)];
    }
}
