using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>What admission policies may ask of the cluster.</summary>
public abstract class AdmissionWorld
{
    /// <summary>A namespace, or <see langword="null"/> when there is none of this name.</summary>
    public abstract MapValue? FindNamespace(string name);

    /// <summary>The objects of a kind that parameterizes policies, or <see langword="null"/> when no such kind is served.</summary>
    public abstract AdmissionParameters? FindParameters(string apiVersion, string kind);

    /// <summary>Whether a user may do something.</summary>
    public abstract AccessAnswer Decide(AccessQuestion question);
}
