namespace Weir.Kubernetes.Client;

/// <summary>The languages a patch can be written in.</summary>
public enum PatchType
{
    /// <summary>RFC 7396.</summary>
    Merge,

    /// <summary>RFC 6902.</summary>
    Json,

    /// <summary>Kubernetes' own, for built-in kinds only.</summary>
    StrategicMerge,
}
