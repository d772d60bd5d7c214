namespace Weir.EndToEnd.Tests.Chaos;

/// <summary>The cluster is not what is wanted.</summary>
internal sealed class ChaosException(string message) : Exception(message);
