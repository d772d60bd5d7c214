namespace Weir.Yaml.Composing;

/// <summary>A scalar's kind, with its value when it is a boolean or a number.</summary>
internal readonly struct ScalarResolution
{
    public ScalarKind Kind { get; private init; }

    /// <summary>Of a boolean 0 or 1; of an unsigned number its bits.</summary>
    public long Integer { get; private init; }

    public double Float { get; private init; }

    public static ScalarResolution String => default;

    public static ScalarResolution Null => new() { Kind = ScalarKind.Null };

    public static ScalarResolution Timestamp => new() { Kind = ScalarKind.Timestamp };

    public static ScalarResolution FromBool(bool value) => new() { Kind = ScalarKind.Bool, Integer = value ? 1 : 0 };

    public static ScalarResolution FromInt(long value) => new() { Kind = ScalarKind.Int, Integer = value };

    public static ScalarResolution FromUnsigned(ulong value) =>
        new() { Kind = ScalarKind.Unsigned, Integer = unchecked((long)value) };

    public static ScalarResolution FromFloat(double value) => new() { Kind = ScalarKind.Float, Float = value };
}
