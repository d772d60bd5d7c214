using System.Diagnostics.CodeAnalysis;

namespace Weir.GoTemplate;

/// <summary>What an execution wrote, up to its error if it ended with one.</summary>
public sealed record TemplateResult(string Text, TemplateError? Error)
{
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;
}
