using Weir.Values;

namespace Weir.Cel;

/// <summary>A function or operator with all its forms.</summary>
/// <param name="Name">Operators have cel-go's spelling: <c>_+_</c>.</param>
/// <param name="Overloads">The forms, in the order in which they are tried.</param>
public sealed record CelFunction(string Name, params IReadOnlyList<CelOverload> Overloads)
{
    /// <summary>
    /// What the function does when its forms have no bodies of their own. It answers <see langword="null"/> when the first
    /// argument is of a kind that it knows nothing of.
    /// </summary>
    public CelBody? Body { get; init; }
}
