namespace Weir.Controllers;

/// <summary>The cluster that an object wants to be applied to cannot be reached with what it says.</summary>
internal sealed class TargetClusterException(string message) : Exception(message);
