namespace Weir.Cel;

/// <summary>The least and the most that a cost or size can be. What is too large to count is the largest number.</summary>
public readonly record struct CostRange(ulong Min, ulong Max)
{
    /// <summary>From nothing to anything.</summary>
    public static CostRange Unknown { get; } = new(0, ulong.MaxValue);

    public static CostRange Exactly(ulong value) => new(value, value);

    public static CostRange operator +(CostRange left, CostRange right) => Add(left, right);

    public static CostRange operator *(CostRange left, CostRange right) => Multiply(left, right);

    public static CostRange operator *(CostRange range, double factor) => Multiply(range, factor);

    public static CostRange Add(CostRange left, CostRange right) => new(Sum(left.Min, right.Min), Sum(left.Max, right.Max));

    public static CostRange Multiply(CostRange left, CostRange right) => new(Product(left.Min, right.Min), Product(left.Max, right.Max));

    /// <summary>Both ends times a factor, rounded up.</summary>
    public static CostRange Multiply(CostRange range, double factor) => new(Scaled(range.Min, factor), Scaled(range.Max, factor));

    /// <summary>A range that holds both.</summary>
    public CostRange Union(CostRange other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    private static ulong Sum(ulong left, ulong right) => left > ulong.MaxValue - right ? ulong.MaxValue : left + right;

    private static ulong Product(ulong left, ulong right) => right != 0 && left > ulong.MaxValue / right ? ulong.MaxValue : left * right;

    private static ulong Scaled(ulong value, double factor)
    {
        if (value > 0 && factor > 0 && value > ulong.MaxValue / factor)
        {
            return ulong.MaxValue;
        }

        var scaled = Math.Ceiling(value * factor);
        return scaled >= 18446744073709551616.0 ? ulong.MaxValue : (ulong)scaled;
    }
}
