namespace Weir.Fleet.Publishing;

/// <summary>A comment as it stands now.</summary>
/// <param name="IsNew">True when there was none before.</param>
/// <param name="Address">Where it can be read; empty when the server does not say.</param>
public sealed record PublishedComment(bool IsNew, string Address);
