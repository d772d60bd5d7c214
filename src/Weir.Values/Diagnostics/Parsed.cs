using System.Diagnostics.CodeAnalysis;

namespace Weir.Values;

/// <summary>
/// What reading or evaluating a text gave: a result, and all that is to be said about the text.
/// With an error among the diagnostics the result is <see langword="null"/> or partial and must not be acted on.
/// </summary>
public sealed record Parsed<T>(T? Result, IReadOnlyList<Diagnostic> Diagnostics)
    where T : class
{
    public Parsed(T result)
        : this(result, [])
    {
    }

    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);

    /// <summary>True, with the result, when no diagnostic is an error.</summary>
    public bool TryGet([NotNullWhen(true)] out T? result)
    {
        result = HasErrors ? null : Result;
        return result is not null;
    }
}
