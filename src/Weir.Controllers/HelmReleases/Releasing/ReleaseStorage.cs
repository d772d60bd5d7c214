using System.Globalization;
using System.Text;
using Weir.Helm;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Helm's releases in Secrets of one namespace. Every record that is written is also kept in <see cref="Observed"/>, by
/// which the status remembers what an action did.
/// </summary>
internal sealed class ReleaseStorage(KubernetesClient client, string space, string name, TimeProvider time)
{
    private static readonly WriteOptions Options = new() { FieldManager = HelmReleaseServices.ControllerName };

    private readonly Dictionary<int, ReleaseRecord> _observed = [];

    /// <summary>The records written since the last <see cref="Forget"/>, by revision.</summary>
    public IReadOnlyDictionary<int, ReleaseRecord> Observed => _observed;

    public void Forget() => _observed.Clear();

    /// <summary>All revisions, oldest first. What cannot be read is left out, as Helm does.</summary>
    public async Task<List<ReleaseRecord>> ListAsync(CancellationToken cancellationToken)
    {
        var list = await client.ListAsync(
            SecretReader.Secret,
            new() { Namespace = space, LabelSelector = $"name={name},owner=helm" },
            cancellationToken).ConfigureAwait(false);
        var records = new List<ReleaseRecord>(list.Items.Count);
        foreach (var secret in list.Items)
        {
            if (Decode(secret) is { } record)
            {
                records.Add(record);
            }
        }

        records.Sort(static (a, b) => a.Version.CompareTo(b.Version));
        return records;
    }

    public async Task<ReleaseRecord?> LastAsync(CancellationToken cancellationToken)
    {
        var records = await ListAsync(cancellationToken).ConfigureAwait(false);
        return records.Count == 0 ? null : records[^1];
    }

    public async Task<ReleaseRecord?> FindAsync(int version, CancellationToken cancellationToken)
    {
        var secret = await client
            .FindAsync(SecretReader.Secret, space, ReleaseRecord.SecretNameOf(name, version), cancellationToken).ConfigureAwait(false);
        return secret is null ? null : Decode(secret);
    }

    /// <summary>Writes a new revision, after the oldest have made room for it.</summary>
    public async Task CreateAsync(ReleaseRecord record, int mostKept, CancellationToken cancellationToken)
    {
        if (mostKept > 0)
        {
            await MakeRoomAsync(mostKept - 1, cancellationToken).ConfigureAwait(false);
        }

        await client.CreateAsync(ToSecret(record, record.SecretLabels(created: time.GetUtcNow())), Options, cancellationToken).ConfigureAwait(false);
        _observed[record.Version] = record;
    }

    public async Task UpdateAsync(ReleaseRecord record, CancellationToken cancellationToken)
    {
        await client.UpdateAsync(ToSecret(record, record.SecretLabels(modified: time.GetUtcNow())), Options, cancellationToken).ConfigureAwait(false);
        _observed[record.Version] = record;
    }

    public async Task DeleteAsync(ReleaseRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteAsync(SecretReader.Secret, space, record.SecretName, DeleteOptions.Background, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // Somebody was faster.
        }

        _observed[record.Version] = record;
    }

    private async Task MakeRoomAsync(int mostKept, CancellationToken cancellationToken)
    {
        var records = await ListAsync(cancellationToken).ConfigureAwait(false);
        var surplus = records.Count - mostKept;
        if (surplus <= 0)
        {
            return;
        }

        // The deployed revision stays, however old it is.
        var deployed = records.FindLast(static r => r.Status == ReleaseStatus.Deployed)?.Version;
        foreach (var record in records)
        {
            if (surplus > 0 && record.Version != deployed)
            {
                await client.DeleteAsync(SecretReader.Secret, space, record.SecretName, DeleteOptions.Background, cancellationToken).ConfigureAwait(false);
                surplus--;
            }
        }
    }

    private MapValue ToSecret(ReleaseRecord record, IReadOnlyDictionary<string, string> labels)
    {
        var map = new MapValue();
        foreach (var (key, text) in labels)
        {
            map[key] = text;
        }

        return new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new MapValue { ["name"] = record.SecretName, ["namespace"] = space, ["labels"] = map },
            ["type"] = ReleaseRecord.SecretType,
            ["data"] = new MapValue { ["release"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(ReleaseCodec.Encode(record))) },
        };
    }

    private static ReleaseRecord? Decode(MapValue secret)
    {
        if (secret.GetMap("data")?.GetString("release") is not { } data)
        {
            return null;
        }

        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in secret.GetMap("metadata")?.GetMap("labels") ?? [])
        {
            labels[key] = (value as StringValue)?.Value ?? "";
        }

        return ReleaseCodec.Decode(Encoding.ASCII.GetString(Convert.FromBase64String(data)), labels).TryGet(out var record) ? record : null;
    }
}
