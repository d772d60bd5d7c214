using System.Globalization;
using System.Text;

namespace Weir.Sources.Git;

/// <summary>
/// Turns credentials into environment variables and private files for one run of git, so that nothing secret stands in
/// the process list. Disposing removes the files.
/// </summary>
internal sealed class GitEnvironment : IDisposable
{
    private readonly Dictionary<string, string?> _variables = [];
    private readonly List<KeyValuePair<string, string>> _settings = [];
    private string? _folder;

    public GitEnvironment(string url, GitCredentials? credentials)
    {
        _settings.Add(new("protocol.ext.allow", "never"));
        if (credentials is null)
        {
            Finish();
            return;
        }

        if (url.StartsWith("http", StringComparison.Ordinal))
        {
            AddHttp(credentials);
        }
        else if (credentials.Identity is not null || credentials.KnownHosts is not null)
        {
            AddSsh(credentials);
        }

        Finish();
    }

    public IReadOnlyDictionary<string, string?> Variables => _variables;

    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void AddHttp(GitCredentials credentials)
    {
        if (credentials.BearerToken is { } token)
        {
            _settings.Add(new("http.extraHeader", $"Authorization: Bearer {token}"));
        }
        else if (credentials.Username is { } user)
        {
            var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{credentials.Password}"));
            _settings.Add(new("http.extraHeader", $"Authorization: Basic {pair}"));
        }

        if (credentials.CertificateAuthority is { } authority)
        {
            _settings.Add(new("http.sslCAInfo", PrivateFile("ca.crt", authority)));
        }

        if (credentials.ClientCertificate is { } certificate && credentials.ClientKey is { } key)
        {
            _settings.Add(new("http.sslCert", PrivateFile("tls.crt", certificate)));
            _settings.Add(new("http.sslKey", PrivateFile("tls.key", key)));
        }

        if (credentials.Proxy is { } proxy)
        {
            _settings.Add(new("http.proxy", proxy));
        }
    }

    private void AddSsh(GitCredentials credentials)
    {
        var command = new StringBuilder("ssh -F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=yes");
        command.Append(" -o UserKnownHostsFile=").Append(PrivateFile("known_hosts", credentials.KnownHosts ?? ""));
        if (credentials.Identity is { } identity)
        {
            command.Append(" -o IdentitiesOnly=yes -i ").Append(PrivateFile("identity", identity.TrimEnd() + "\n"));
        }

        _variables["GIT_SSH_COMMAND"] = command.ToString();
    }

    private void Finish()
    {
        _variables["GIT_CONFIG_COUNT"] = _settings.Count.ToString(CultureInfo.InvariantCulture);
        for (var i = 0; i < _settings.Count; i++)
        {
            _variables[$"GIT_CONFIG_KEY_{i}"] = _settings[i].Key;
            _variables[$"GIT_CONFIG_VALUE_{i}"] = _settings[i].Value;
        }
    }

    private string PrivateFile(string name, string content)
    {
        // CreateTempSubdirectory makes a folder that only its owner may enter.
        _folder ??= Directory.CreateTempSubdirectory("weir-git-").FullName;
        var path = Path.Combine(_folder, name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(path, options);
        stream.Write(Encoding.UTF8.GetBytes(content));
        return path;
    }
}
