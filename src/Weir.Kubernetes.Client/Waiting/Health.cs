namespace Weir.Kubernetes.Client;

/// <summary>How far an object is, in the words of kstatus.</summary>
public enum Health
{
    Unknown,
    NotFound,
    InProgress,
    Current,
    Failed,
    Terminating,
}
