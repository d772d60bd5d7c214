using Weir.GoTemplate;
using Weir.GoTemplate.Sprig;

namespace Weir.Helm;

/// <summary>The functions that templates of charts may call: sprig's, with those laid over them that ask the release.</summary>
public static class HelmFunctions
{
    /// <summary>One table for all charts; what differs from release to release comes from the host.</summary>
    public static FunctionTable Table { get; } = FunctionTable.Combine(SprigFunctions.Table, TemplateFunctions.Table, ReleaseFunctions.Table);
}
