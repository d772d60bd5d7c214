namespace Weir.Kubernetes;

/// <summary>What can be done with a resource, in the order that discovery lists them.</summary>
[Flags]
public enum ResourceVerbs
{
    None = 0,
    Create = 1,
    Delete = 2,
    DeleteCollection = 4,
    Get = 8,
    List = 16,
    Patch = 32,
    Update = 64,
    Watch = 128,

    /// <summary>What resources with storage can do.</summary>
    All = 255,
}
