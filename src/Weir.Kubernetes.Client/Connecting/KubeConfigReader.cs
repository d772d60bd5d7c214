using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kubernetes.Client;

/// <summary>Reads a kubeconfig file. Programs that fetch credentials (<c>exec</c>, <c>auth-provider</c>) are refused by name.</summary>
public static class KubeConfigReader
{
    /// <summary>The connection of a context of a kubeconfig text; the current context when none is named.</summary>
    /// <param name="text">The YAML or JSON.</param>
    /// <param name="directory">The folder that relative paths start from; <see langword="null"/> refuses every path.</param>
    /// <param name="contextName">The context, or <see langword="null"/> for the current one.</param>
    public static Parsed<ClusterConnection> Read(string text, string? directory, string? contextName = null)
    {
        var parsed = YamlReader.Read(text);
        var diagnostics = new List<Diagnostic>(parsed.Diagnostics);
        if (parsed.Result is not MapValue root)
        {
            diagnostics.Add(Problem("the kubeconfig is empty or not a map", default));
            return new(null, diagnostics);
        }

        contextName ??= root.GetString("current-context") ?? "";
        var context = Named(root, "contexts", contextName, "context");
        if (context is null)
        {
            diagnostics.Add(Problem($"context \"{contextName}\" does not exist", root.Span));
            return new(null, diagnostics);
        }

        var cluster = Named(root, "clusters", context.GetString("cluster") ?? "", "cluster");
        if (cluster?.GetString("server") is not { } server || !Uri.TryCreate(server, UriKind.Absolute, out var address))
        {
            diagnostics.Add(Problem($"cluster \"{context.GetString("cluster")}\" has no usable server address", context.Span));
            return new(null, diagnostics);
        }

        var user = Named(root, "users", context.GetString("user") ?? "", "user") ?? new MapValue();
        foreach (var refused in (ReadOnlySpan<string>)["exec", "auth-provider"])
        {
            if (user.ContainsKey(refused))
            {
                diagnostics.Add(Problem(
                    $"user \"{context.GetString("user")}\" asks for credentials from a program ('{refused}'), which is not supported; use a token or a client certificate",
                    user.KeySpan(refused)));
                return new(null, diagnostics);
            }
        }

        try
        {
            var authority = Data(cluster, "certificate-authority-data", "certificate-authority", directory);
            var certificate = Data(user, "client-certificate-data", "client-certificate", directory);
            var key = Data(user, "client-key-data", "client-key", directory);
            return new(
                new ClusterConnection
                {
                    Server = address,
                    Authorities = authority is null ? null : Certificates.ReadAuthorities(authority),
                    ClientCertificate = certificate is null || key is null ? null : Certificates.ReadClient(certificate, key),
                    Token = user.GetString("token"),
                    TokenFile = user.GetString("tokenFile") is { } file ? Resolve(file, directory) : null,
                    Username = user.GetString("username"),
                    Password = user.GetString("password"),
                    TlsServerName = cluster.GetString("tls-server-name"),
                    InsecureSkipTlsVerify = cluster.GetBool("insecure-skip-tls-verify") ?? false,
                    Namespace = context.GetString("namespace") ?? "",
                    ImpersonateUser = user.GetString("as"),
                    ImpersonateGroups = Strings(user.GetList("as-groups")),
                },
                diagnostics);
        }
        catch (Exception e) when (e is IOException or FormatException or CryptographicException or UnauthorizedAccessException)
        {
            diagnostics.Add(Problem($"the certificates of context \"{contextName}\" cannot be read: {e.Message}", context.Span));
            return new(null, diagnostics);
        }
    }

    private static List<string> Strings(ListValue? list)
    {
        var strings = new List<string>();
        foreach (var item in list ?? [])
        {
            if (item is StringValue s)
            {
                strings.Add(s.Value);
            }
        }

        return strings;
    }

    private static MapValue? Named(MapValue root, string section, string name, string part)
    {
        foreach (var item in root.GetList(section) ?? [])
        {
            if (item is MapValue map && map.GetString("name") == name)
            {
                return map.GetMap(part) ?? new MapValue();
            }
        }

        return null;
    }

    private static string? Data(MapValue map, string inlineKey, string fileKey, string? directory)
    {
        if (map.GetString(inlineKey) is { Length: > 0 } inline)
        {
            return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(inline));
        }

        return map.GetString(fileKey) is { Length: > 0 } file ? File.ReadAllText(Resolve(file, directory)) : null;
    }

    private static string Resolve(string path, string? directory) => directory is null
        ? throw new IOException($"the file '{path}' is named, but files are not allowed here")
        : Path.GetFullPath(path, directory);

    private static Diagnostic Problem(string message, SourceSpan span) => Diagnostic.Error("kubeconfig", message, span);
}
