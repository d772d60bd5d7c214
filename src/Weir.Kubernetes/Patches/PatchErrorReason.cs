namespace Weir.Kubernetes;

/// <summary>Whose fault it is that a patch does not apply; an API server answers 400, 422 and 500.</summary>
public enum PatchErrorReason
{
    /// <summary>The patch is malformed.</summary>
    BadFormat,

    /// <summary>The patch is well formed and does not fit the object.</summary>
    NotApplicable,

    /// <summary>The patch misses what merging needs, such as a merge key.</summary>
    Failed,
}
