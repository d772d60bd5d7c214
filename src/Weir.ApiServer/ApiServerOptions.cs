using System.Net;

namespace Weir.ApiServer;

/// <summary>How an embedded Kubernetes API is to run.</summary>
public sealed record ApiServerOptions
{
    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; }

    public IPAddress BindAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Where objects are kept; in memory only when <see langword="null"/>.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>A file of static bearer tokens in kube-apiserver's CSV format, or <see langword="null"/>.</summary>
    public string? TokenAuthFile { get; init; }

    /// <summary>Every namespace gets the ConfigMap <c>kube-root-ca.crt</c>, as a controller manager gives it.</summary>
    public bool PublishesRootCertificate { get; init; } = true;

    /// <summary>A webhook that cannot be called from here refuses the request instead of being passed over with a warning.</summary>
    public bool WebhooksFail { get; init; }

    /// <summary>The controllers of workloads are imitated like this; not at all when <see langword="null"/>.</summary>
    public SimulationOptions? Simulation { get; init; } = new();

    /// <summary>The time that objects, certificates and tokens see.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
