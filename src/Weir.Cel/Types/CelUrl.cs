using Weir.Values;

namespace Weir.Cel;

/// <summary>A URL.</summary>
public sealed class CelUrl(GoUrl url) : CelValue
{
    internal static CelType UrlType { get; } = CelType.Object("kubernetes.URL");

    public GoUrl Url { get; } = url;

    public override CelType Type => UrlType;

    public override bool ComparesOwnTypeOnly => true;

    public override bool Equals(Value? other) => other is CelUrl o && o.Url.ToString() == Url.ToString();

    public override int GetHashCode() => Url.Host.GetHashCode(StringComparison.Ordinal);

    public override Value ToPlain() => Url.ToString();

    public override string ToString() => Url.ToString();
}
