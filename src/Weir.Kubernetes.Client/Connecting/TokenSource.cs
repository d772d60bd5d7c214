using System.Text;

namespace Weir.Kubernetes.Client;

/// <summary>The value of the Authorization header: a fixed token, a token file that is read again every minute, or a password.</summary>
internal sealed class TokenSource(ClusterConnection connection, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private string? _fileToken;
    private long _readAt;

    public string? Header()
    {
        if (connection.TokenFile is { } file)
        {
            return $"Bearer {Read(file)}";
        }

        if (!string.IsNullOrEmpty(connection.Token))
        {
            return $"Bearer {connection.Token}";
        }

        return string.IsNullOrEmpty(connection.Username)
            ? null
            : $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{connection.Username}:{connection.Password}"))}";
    }

    private string Read(string file)
    {
        lock (_lock)
        {
            if (_fileToken is null || time.GetElapsedTime(_readAt) > Lifetime)
            {
                _fileToken = File.ReadAllText(file).Trim();
                _readAt = time.GetTimestamp();
            }

            return _fileToken;
        }
    }
}
