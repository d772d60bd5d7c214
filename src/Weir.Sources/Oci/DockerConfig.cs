using System.Text;
using Weir.Sources.Http;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Oci;

/// <summary>The credentials in a <c>.dockerconfigjson</c>.</summary>
public static class DockerConfig
{
    /// <summary>
    /// The access with the credentials for a registry; the same access when the file has none for it.
    /// </summary>
    /// <exception cref="FormatException">It is no such file.</exception>
    public static HttpAccess For(string registry, string json, HttpAccess access)
    {
        if (!JsonReader.Read(json).TryGet(out var root) || (root as MapValue)?.GetMap("auths") is not { } auths)
        {
            throw new FormatException("the docker config has no 'auths'");
        }

        foreach (var (key, value) in auths)
        {
            if (value is MapValue entry && HostOf(key) == HostOf(registry))
            {
                return Apply(entry, access);
            }
        }

        return access;
    }

    private static HttpAccess Apply(MapValue entry, HttpAccess access)
    {
        if (entry.GetString("registrytoken") is { Length: > 0 } token)
        {
            return access with { BearerToken = token };
        }

        var (user, password) = (entry.GetString("username"), entry.GetString("password"));
        if (entry.GetString("auth") is { Length: > 0 } auth)
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(auth)).Split(':', 2);
            (user, password) = (pair[0], pair.Length > 1 ? pair[1] : "");
        }

        return string.IsNullOrEmpty(user) ? access : access with { Username = user, Password = password };
    }

    private static string HostOf(string key)
    {
        var rest = key.Contains("://", StringComparison.Ordinal) ? key[(key.IndexOf("://", StringComparison.Ordinal) + 3)..] : key;
        var host = rest.Split('/')[0];
        return host is "docker.io" or "registry-1.docker.io" ? "index.docker.io" : host;
    }
}
