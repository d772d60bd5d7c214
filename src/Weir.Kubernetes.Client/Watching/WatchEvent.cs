using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>One change of a watched collection. A bookmark's object holds only a resource version.</summary>
public sealed record WatchEvent(WatchEventType Type, MapValue Object);
