using Weir.Values;

namespace Weir.Cel;

/// <summary>One form of a function.</summary>
/// <param name="Id">cel-go's name of the form, by which costs are told apart.</param>
/// <param name="IsMember">True when it is called on its first argument: <c>text.size()</c>.</param>
/// <param name="Parameters">The types it takes.</param>
/// <param name="Result">The type it answers.</param>
/// <param name="Body">What it does, or <see langword="null"/> when the function does it for all forms. It answers a <see cref="CelError"/> when it fails.</param>
public sealed record CelOverload(
    string Id, bool IsMember, IReadOnlyList<CelType> Parameters, CelType Result, CelBody? Body = null)
{
    /// <summary>True when values of other types are the body's own matter.</summary>
    public bool TakesAnything { get; init; }

    /// <summary>A form called by the function's name alone.</summary>
    public static CelOverload Global(string id, CelType[] parameters, CelType result, CelBody? body = null) =>
        new(id, false, parameters, result, body);

    /// <summary>A form called on its first argument.</summary>
    public static CelOverload Member(string id, CelType[] parameters, CelType result, CelBody? body = null) =>
        new(id, true, parameters, result, body);
}
