using System.Diagnostics.CodeAnalysis;
using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>A map that is no plain map of texts to values.</summary>
internal abstract class CelMap : CelValue
{
    private static readonly CelType MapType = CelType.Map(CelType.Dyn, CelType.Dyn);

    public sealed override CelType Type => MapType;

    /// <summary>How many keys can be walked.</summary>
    public abstract int Count { get; }

    public override long Size => Count;

    public abstract Value KeyAt(int index);

    /// <summary>The value of a key, which may be an error; false when there is none.</summary>
    public abstract bool TryFind(Value key, [NotNullWhen(true)] out Value? value);

    public override int GetHashCode() => Count;
}
