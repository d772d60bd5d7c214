namespace Weir.Cel;

/// <summary>What an expression asks of an authorizer: a path, or a resource.</summary>
public sealed record CelAccess
{
    /// <summary>Another user than the one who makes the request: a service account; <see langword="null"/> for that one.</summary>
    public (string Namespace, string Name)? ServiceAccount { get; init; }

    /// <summary>The path asked for; <see langword="null"/> when it is a resource.</summary>
    public string? Path { get; init; }

    public string Verb { get; init; } = "";

    public string Group { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    public string FieldSelector { get; init; } = "";

    public string LabelSelector { get; init; } = "";
}
