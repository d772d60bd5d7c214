using Weir.Values;

namespace Weir.Cel;

/// <summary>An authorizer as a value, or the access that an expression is about to ask of one.</summary>
public sealed class CelAuthorizer : CelValue
{
    private CelAuthorizer(CelType type, CelAccess access, Func<CelAccess, CelDecision> decide)
    {
        Type = type;
        Access = access;
        Decide = decide;
    }

    /// <summary>The type of the variable <c>authorizer</c>.</summary>
    public static CelType AuthorizerType { get; } = CelType.Object("kubernetes.authorization.Authorizer");

    /// <summary>The type of the variable <c>authorizer.requestResource</c>.</summary>
    public static CelType ResourceType { get; } = CelType.Object("kubernetes.authorization.ResourceCheck");

    internal static CelType PathType { get; } = CelType.Object("kubernetes.authorization.PathCheck");

    internal static CelType GroupType { get; } = CelType.Object("kubernetes.authorization.GroupCheck");

    public override CelType Type { get; }

    internal CelAccess Access { get; }

    internal Func<CelAccess, CelDecision> Decide { get; }

    /// <summary>An authorizer that answers by a function.</summary>
    public static CelAuthorizer Of(Func<CelAccess, CelDecision> decide) => new(AuthorizerType, new(), decide);

    /// <summary>The access to a resource, of which only the verb is open.</summary>
    public static CelAuthorizer OfResource(CelAccess access, Func<CelAccess, CelDecision> decide) => new(ResourceType, access, decide);

    internal CelAuthorizer With(CelType type, CelAccess access) => new(type, access, Decide);

    public override bool Equals(Value? other) =>
        other is CelAuthorizer a && a.Type.Equals(Type) && a.Access == Access && a.Decide == Decide;

    public override int GetHashCode() => Access.GetHashCode();
}
