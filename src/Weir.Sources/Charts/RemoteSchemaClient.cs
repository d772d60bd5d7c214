using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Weir.Helm;
using Weir.Sources.Http;
using Weir.Sources.Mirrors;

namespace Weir.Sources.Charts;

/// <summary>
/// Fetches the schemas that <c>values.schema.json</c> files refer to by address. Mirrors answer first. A schema that was fetched before is taken from
/// the folder for a day, and after that when the network does not answer. What cannot be had is remembered with the reason for a minute:
/// a chart that needs it fails with that reason, as with Helm.
/// </summary>
public sealed class RemoteSchemaClient(HttpClients http, SourceMirrors mirrors, string folder, TimeProvider time)
{
    private const long MaxBytes = 16 << 20;

    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Grudge = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _failed = new(StringComparer.Ordinal);

    /// <summary>What was fetched so far, to render with.</summary>
    public RemoteSchemas Schemas { get; } = new();

    /// <summary>Fetches whatever the schemas of a chart and its subcharts refer to, directly and further on.</summary>
    public async Task CompleteAsync(Chart chart, CancellationToken cancellationToken)
    {
        foreach (var (address, when) in _failed)
        {
            if (time.GetUtcNow() - when > Grudge && _failed.TryRemove(address, out _))
            {
                Schemas.Forget(address);
            }
        }

        // Every round adds what it asked for, so this ends.
        while (Schemas.Missing(chart) is { Count: > 0 } missing)
        {
            await Task.WhenAll(missing.Select(address => AddAsync(address, cancellationToken))).ConfigureAwait(false);
        }
    }

    private async Task AddAsync(string address, CancellationToken cancellationToken)
    {
        if (mirrors.Find(address) is { } mirror)
        {
            if (TryRead(mirror.Path) is { } mirrored)
            {
                Schemas.Add(address, mirrored);
            }
            else
            {
                Schemas.AddFailure(address, $"the mirror of {mirror.Mirror.Prefix} has no file '{mirror.Path}'");
            }

            return;
        }

        var file = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address))));
        if (File.Exists(file) && time.GetUtcNow() - File.GetLastWriteTimeUtc(file) < Fresh && TryRead(file) is { } kept)
        {
            Schemas.Add(address, kept);
            return;
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            var content = await http.GetAsync(new Uri(address), HttpAccess.Anonymous, MaxBytes, limit.Token).ConfigureAwait(false);
            Keep(file, content);
            Schemas.Add(address, content);
        }
        catch (Exception e) when (e is SourceException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            if (TryRead(file) is { } old)
            {
                Schemas.Add(address, old);
            }
            else
            {
                _failed[address] = time.GetUtcNow();
                Schemas.AddFailure(address, e is SourceException ? e.Message : $"no answer within {Patience.TotalSeconds:F0} s");
            }
        }
    }

    private static byte[]? TryRead(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllBytes(file) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void Keep(string file, byte[] content)
    {
        var partial = $"{file}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(partial, content);
            File.Move(partial, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a folder it is fetched again next time.
        }
    }
}
