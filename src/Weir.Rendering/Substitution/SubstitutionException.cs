namespace Weir.Rendering;

/// <summary>A text cannot be substituted. Stays inside of the room: callers get a diagnostic.</summary>
internal sealed class SubstitutionException(string message) : Exception(message);
