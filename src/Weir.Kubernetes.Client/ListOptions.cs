namespace Weir.Kubernetes.Client;

/// <summary>Which objects are listed or watched.</summary>
public sealed record ListOptions
{
    public static ListOptions All { get; } = new();

    /// <summary>Empty means every namespace.</summary>
    public string Namespace { get; init; } = "";

    public string? LabelSelector { get; init; }

    public string? FieldSelector { get; init; }

    /// <summary>Only the metadata is asked for; the objects have no other part.</summary>
    public bool IsMetadataOnly { get; init; }

    /// <summary>Objects of one page.</summary>
    public int PageSize { get; init; } = 500;

    internal string Query()
    {
        var query = new System.Text.StringBuilder();
        if (LabelSelector is not null)
        {
            query.Append("&labelSelector=").Append(Uri.EscapeDataString(LabelSelector));
        }

        if (FieldSelector is not null)
        {
            query.Append("&fieldSelector=").Append(Uri.EscapeDataString(FieldSelector));
        }

        return query.ToString();
    }
}
