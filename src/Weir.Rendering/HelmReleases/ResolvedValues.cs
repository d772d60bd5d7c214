using Weir.Flux;

namespace Weir.Rendering;

/// <summary>A reference of <c>valuesFrom</c> with the text that its key holds.</summary>
public sealed record ResolvedValues(ValuesReference Reference, string Text);
