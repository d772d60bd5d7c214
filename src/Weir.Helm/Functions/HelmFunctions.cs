using Weir.GoTemplate;

namespace Weir.Helm;

/// <summary>The functions that templates of charts may call: sprig's without the environment, with Helm's own laid over them.</summary>
public static class HelmFunctions
{
    /// <summary>One table for all charts; what differs from release to release comes from the host.</summary>
    public static FunctionTable Table { get; } = FunctionTable.Combine(
        DataFunctions.Table,
        TemplateFunctions.Table,
        ReleaseFunctions.Table);
}
