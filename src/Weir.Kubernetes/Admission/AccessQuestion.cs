namespace Weir.Kubernetes;

/// <summary>What an expression asks of the authorizer.</summary>
public sealed record AccessQuestion
{
    public required AdmissionUser User { get; init; }

    public required string Verb { get; init; }

    /// <summary>The path asked for; <see langword="null"/> when it is a resource.</summary>
    public string? Path { get; init; }

    public string Group { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";
}
