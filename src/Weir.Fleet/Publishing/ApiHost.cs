namespace Weir.Fleet.Publishing;

/// <summary>What <see cref="RestApi"/> must know of a server.</summary>
internal sealed record ApiHost
{
    /// <summary>How people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The address that paths are added to, with a slash at its end.</summary>
    public required Uri Root { get; init; }

    /// <summary>The variable that holds the address.</summary>
    public required string RootName { get; init; }

    public required string Token { get; init; }

    /// <summary>The variable that holds the token.</summary>
    public required string TokenName { get; init; }

    /// <summary>The headers of every request, the token's among them.</summary>
    public required IReadOnlyList<(string Name, string Value)> Headers { get; init; }

    /// <summary>What to do about a status that repeating does not help.</summary>
    public required Func<int, string> Remedy { get; init; }

    public string ReachRemedy => $"see that {RootName} is right and that the job may connect to it; SSL_CERT_FILE names the authorities of your own certificates";

    // The token is in no text that a record would print of itself.
    public override string ToString() => $"{Name} at {Root}";
}
