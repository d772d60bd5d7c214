namespace Weir.Controllers;

/// <summary>An object refers to what it may not see.</summary>
internal sealed class AccessDeniedException(string message) : Exception(message);
