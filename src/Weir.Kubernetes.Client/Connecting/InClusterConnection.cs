namespace Weir.Kubernetes.Client;

/// <summary>The connection that a pod finds in its own file system and environment.</summary>
public static class InClusterConnection
{
    private const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The connection, or <see langword="null"/> when this process runs in no pod.</summary>
    public static ClusterConnection? Find()
    {
        var host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");
        var port = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT");
        var token = Path.Combine(Folder, "token");
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port) || !File.Exists(token))
        {
            return null;
        }

        var authority = Path.Combine(Folder, "ca.crt");
        var space = Path.Combine(Folder, "namespace");
        return new()
        {
            Server = new Uri($"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}"),
            Authorities = File.Exists(authority) ? Certificates.ReadAuthorities(File.ReadAllText(authority)) : null,
            TokenFile = token,
            Namespace = File.Exists(space) ? File.ReadAllText(space).Trim() : "",
        };
    }
}
