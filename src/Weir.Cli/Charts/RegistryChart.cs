using Weir.Sources.Http;
using Weir.Sources.Oci;

namespace Weir.Cli.Charts;

/// <summary>A chart in a registry, as <c>oci://registry/path/chart:version</c> names it.</summary>
internal static class RegistryChart
{
    /// <summary>The repository above the chart, the chart's name, and the version if the reference names one.</summary>
    public static (string Repository, string Chart, string Version) Parse(string reference)
    {
        var slash = reference.LastIndexOf('/');
        var colon = reference.IndexOf(':', slash);
        var (chart, version) = colon < 0 ? (reference[(slash + 1)..], "") : (reference[(slash + 1)..colon], reference[(colon + 1)..]);
        return (reference[..slash], chart, version.Replace('_', '+'));
    }

    /// <summary>The access with what Helm or Docker remember of a login to the registry, unless it has credentials.</summary>
    public static HttpAccess Access(string repository, HttpAccess access)
    {
        if (access.Username is not null)
        {
            return access;
        }

        var host = repository[OciUrl.Scheme.Length..].Split('/')[0];
        foreach (var file in ConfigFiles())
        {
            if (File.Exists(file) && DockerConfig.For(host, File.ReadAllText(file), access) is { } found && found != access)
            {
                return found;
            }
        }

        return access;
    }

    private static IEnumerable<string> ConfigFiles()
    {
        if (Environment.GetEnvironmentVariable("HELM_REGISTRY_CONFIG") is { Length: > 0 } named)
        {
            yield return named;
            yield break;
        }

        yield return Path.Combine(HelmRepositories.ConfigFolder, "registry", "config.json");
        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker", "config.json");
    }
}
