namespace Weir.GoTemplate;

/// <summary>Go's own template functions.</summary>
internal static class BuiltinFunctions
{
    public static FunctionTable Create() => FunctionTable.Create([]);
}
