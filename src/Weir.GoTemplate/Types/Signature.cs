namespace Weir.GoTemplate;

/// <summary>What a Go function takes and returns. Calls are checked against it before the body runs.</summary>
public sealed class Signature
{
    private readonly string _text;

    public Signature(IEnumerable<ReflectType> parameters, bool isVariadic, ReflectType? result, bool mayFail)
    {
        Parameters = [.. parameters];
        IsVariadic = isVariadic;
        Result = result;
        MayFail = mayFail;
        _text = Describe();
    }

    /// <summary>The parameter types; for a variadic function the last is the type of one further argument.</summary>
    public IReadOnlyList<ReflectType> Parameters { get; }

    public bool IsVariadic { get; }

    /// <summary>The type returned; null when it returns nothing, which no template may call.</summary>
    public ReflectType? Result { get; }

    /// <summary>True when it returns an error beside its result.</summary>
    public bool MayFail { get; }

    /// <summary>Reads Go's notation: <c>func(string, ...any) (string, error)</c>. Throws <see cref="FormatException"/> when it is none.</summary>
    public static Signature Parse(string text) => TypeReader.ReadSignature(text);

    /// <summary>Go's text of the function type.</summary>
    public override string ToString() => _text;

    private string Describe()
    {
        var parameters = Parameters.Select((p, i) => IsVariadic && i == Parameters.Count - 1 ? "..." + p.Name : p.Name);
        var text = $"func({string.Join(", ", parameters)})";
        return (Result, MayFail) switch
        {
            (null, _) => text,
            (_, true) => $"{text} ({Result.Name}, error)",
            _ => $"{text} {Result.Name}",
        };
    }
}
