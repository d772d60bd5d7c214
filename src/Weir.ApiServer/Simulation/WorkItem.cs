namespace Weir.ApiServer.Simulation;

/// <summary>The name of an object to look at. A class, so that queues of it need no code of their own.</summary>
internal sealed record WorkItem(string Namespace, string Name);
