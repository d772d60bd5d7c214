using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>How an object is deleted.</summary>
public sealed record DeleteOptions
{
    public static DeleteOptions Background { get; } = new();

    /// <summary><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>.</summary>
    public string PropagationPolicy { get; init; } = "Background";

    /// <summary>Delete only this incarnation of the object.</summary>
    public string? Uid { get; init; }

    public long? GracePeriodSeconds { get; init; }

    internal MapValue ToValue()
    {
        var body = new MapValue { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions", ["propagationPolicy"] = PropagationPolicy };
        if (GracePeriodSeconds is { } seconds)
        {
            body["gracePeriodSeconds"] = seconds;
        }

        if (Uid is not null)
        {
            body["preconditions"] = new MapValue { ["uid"] = Uid };
        }

        return body;
    }
}
