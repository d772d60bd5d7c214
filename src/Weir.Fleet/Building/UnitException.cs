namespace Weir.Fleet;

/// <summary>A unit cannot be built; the message is for its reader.</summary>
internal sealed class UnitException(string message) : Exception(message);
