using Weir.Sources.Helm;
using Weir.Sources.Http;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Charts;

/// <summary>The repositories that <c>helm repo add</c> noted, so that <c>name/chart</c> means here what it means there.</summary>
internal static class HelmRepositories
{
    /// <summary>Where Helm keeps its settings.</summary>
    public static string ConfigFolder => Environment.GetEnvironmentVariable("HELM_CONFIG_HOME") is { Length: > 0 } own ? own : Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } config
            ? config
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
        "helm");

    /// <summary>The repository and the chart's name in it; <see langword="null"/> when no repository is called so.</summary>
    public static (HelmRepositoryRequest Repository, string Chart)? Find(string reference)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        var file = Environment.GetEnvironmentVariable("HELM_REPOSITORY_CONFIG") is { Length: > 0 } named ? named : Path.Combine(ConfigFolder, "repositories.yaml");
        if (slash <= 0 || !File.Exists(file) || YamlReader.Read(File.ReadAllText(file)).Result is not MapValue root)
        {
            return null;
        }

        foreach (var item in root.GetList("repositories") ?? [])
        {
            if (item is MapValue entry && entry.GetString("name") == reference[..slash] && entry.GetString("url") is { Length: > 0 } url)
            {
                var request = new HelmRepositoryRequest { Url = url, Access = Access(entry), PassCredentials = entry.GetBool("pass_credentials_all") == true };
                return (request, reference[(slash + 1)..]);
            }
        }

        return null;
    }

    private static HttpAccess Access(MapValue entry) => new()
    {
        Username = Written(entry, "username"),
        Password = Written(entry, "password"),
        ClientCertificate = Content(entry, "certFile"),
        ClientKey = Content(entry, "keyFile"),
        CertificateAuthority = Content(entry, "caFile"),
        SkipsVerification = entry.GetBool("insecure_skip_tls_verify") == true,
    };

    private static string? Written(MapValue entry, string key) => entry.GetString(key) is { Length: > 0 } text ? text : null;

    private static string? Content(MapValue entry, string key) => Written(entry, key) is { } file ? File.ReadAllText(file) : null;
}
