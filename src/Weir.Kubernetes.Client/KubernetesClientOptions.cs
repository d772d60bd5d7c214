namespace Weir.Kubernetes.Client;

/// <summary>How a <see cref="KubernetesClient"/> behaves, apart from where it connects to.</summary>
public sealed record KubernetesClientOptions
{
    /// <summary>The name the server sees; its part before the slash is the default field manager.</summary>
    public string UserAgent { get; init; } = "weir/0.1";

    /// <summary>Most connections to the server at once.</summary>
    public int MaxConnections { get; init; } = 256;

    /// <summary>Sends the requests, such as one to a server in this process; <see langword="null"/> opens sockets.</summary>
    public HttpMessageHandler? Handler { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
