namespace Weir.Kubernetes.Client;

/// <summary>How a write is done.</summary>
public sealed record WriteOptions
{
    public static WriteOptions Default { get; } = new();

    /// <summary>Who owns the written fields; <see langword="null"/> lets the server take it from the user agent.</summary>
    public string? FieldManager { get; init; }

    /// <summary>Validate and answer, store nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Server-side apply: take fields that others own.</summary>
    public bool IsForced { get; init; }

    /// <summary>The part written, such as <c>status</c>; empty means the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary><c>Strict</c>, <c>Warn</c> or <c>Ignore</c>; <see langword="null"/> leaves it to the server.</summary>
    public string? FieldValidation { get; init; }

    internal string Query(bool isApply)
    {
        var query = new System.Text.StringBuilder();
        void Add(string name, string value) => query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        if (FieldManager is not null)
        {
            Add("fieldManager", FieldManager);
        }

        if (IsDryRun)
        {
            Add("dryRun", "All");
        }

        if (isApply && IsForced)
        {
            Add("force", "true");
        }

        if (FieldValidation is not null)
        {
            Add("fieldValidation", FieldValidation);
        }

        return query.ToString();
    }
}
