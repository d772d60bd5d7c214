using System.Globalization;

namespace Weir.GoTemplate;

/// <summary>What a Go function takes and returns. Calls are checked against it before the body runs.</summary>
public sealed class Signature
{
    private readonly string _text;

    public Signature(IEnumerable<ReflectType> parameters, bool isVariadic, params IEnumerable<ReflectType> results)
    {
        Parameters = [.. parameters];
        IsVariadic = isVariadic;
        Results = [.. results];
        _text = Describe();
    }

    /// <summary>The parameter types; for a variadic function the last is the type of one further argument.</summary>
    public IReadOnlyList<ReflectType> Parameters { get; }

    public bool IsVariadic { get; }

    /// <summary>The types returned: one, or one and <c>error</c>; templates may call no other function.</summary>
    public IReadOnlyList<ReflectType> Results { get; }

    /// <summary>The type of the value; null when it returns nothing.</summary>
    public ReflectType? Result => Results.Count > 0 ? Results[0] : null;

    /// <summary>The type of an argument at a place; a variadic parameter takes all from its own on.</summary>
    public ReflectType ParameterAt(int index) => Parameters[Math.Min(index, Parameters.Count - 1)];

    /// <summary>Why templates may not call such a function, or <see langword="null"/>.</summary>
    internal string? Refusal(string name) => Results.Count switch
    {
        1 => null,
        2 when ReferenceEquals(Results[1], ReflectType.Error) => null,
        2 => $"invalid function signature for {name}: second return value should be error; is {Results[1].Name}",
        var count => string.Create(CultureInfo.InvariantCulture, $"function {name} has {count} return values; should be 1 or 2"),
    };

    /// <summary>Reads Go's notation: <c>func(string, ...any) (string, error)</c>. Throws <see cref="FormatException"/> when it is none.</summary>
    public static Signature Parse(string text) => TypeReader.ReadSignature(text);

    /// <summary>Go's text of the function type.</summary>
    public override string ToString() => _text;

    private string Describe()
    {
        var parameters = Parameters.Select((p, i) => IsVariadic && i == Parameters.Count - 1 ? "..." + p.Name : p.Name);
        var text = $"func({string.Join(", ", parameters)})";
        return Results.Count switch
        {
            0 => text,
            1 => $"{text} {Results[0].Name}",
            _ => $"{text} ({string.Join(", ", Results.Select(r => r.Name))})",
        };
    }
}
