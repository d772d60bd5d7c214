namespace Weir.Fleet;

/// <summary>A whole question about a fleet cannot be answered. The message says why and what to do.</summary>
public sealed class FleetException(string message) : Exception(message);
