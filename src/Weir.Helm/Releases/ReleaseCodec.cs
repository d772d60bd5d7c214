using System.Globalization;
using System.IO.Compression;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary>
/// The text of a release in its Secret: JSON, compressed with gzip, in base64. (The API has every Secret's data in base64
/// once more; that is not part of this.)
/// </summary>
public static class ReleaseCodec
{
    private const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>The text for <c>data.release</c>.</summary>
    public static string Encode(ReleaseRecord record)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(JsonWriter.WriteUtf8(ToValue(record), new JsonWriteOptions { KeepOrder = true }));
        }

        return Convert.ToBase64String(compressed.GetBuffer(), 0, (int)compressed.Length);
    }

    /// <summary>The release in such a text, or what is wrong with it.</summary>
    /// <param name="text">The text of <c>data.release</c>.</param>
    /// <param name="labels">The labels of the Secret; Helm's own are left out.</param>
    public static Parsed<ReleaseRecord> Decode(string text, IReadOnlyDictionary<string, string>? labels = null)
    {
        byte[] bytes;
        try
        {
            bytes = Unzip(Convert.FromBase64String(text));
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or IOException)
        {
            // The libraries tell of broken base64 and gzip by exception only.
            return Failed($"the release cannot be read: {e.Message}");
        }

        var read = JsonReader.Read(bytes, numbersAsFloat: true);
        if (!read.TryGet(out var json))
        {
            return Failed($"the release cannot be read: {read.Diagnostics[0].Message}");
        }

        return json is MapValue map ? new(FromValue(map, labels)) : Failed("the release is no JSON object");
    }

    /// <summary>The record as Helm's JSON.</summary>
    public static MapValue ToValue(ReleaseRecord record)
    {
        var map = new MapValue();
        ChartRecord.Put(map, "name", record.Name);
        var info = new MapValue();
        ChartRecord.Put(info, "first_deployed", ChartRecord.Time(record.FirstDeployed));
        ChartRecord.Put(info, "last_deployed", ChartRecord.Time(record.LastDeployed));
        ChartRecord.Put(info, "deleted", ChartRecord.Time(record.Deleted));
        ChartRecord.Put(info, "description", record.Description);
        ChartRecord.Put(info, "status", record.Status);
        ChartRecord.Put(info, "notes", record.Notes);
        map["info"] = info;
        map["chart"] = record.Chart;
        if (record.Config.Count > 0)
        {
            map["config"] = record.Config;
        }

        ChartRecord.Put(map, "manifest", record.Manifest);
        if (record.Hooks.Count > 0)
        {
            map["hooks"] = new ListValue(record.Hooks.Select(Hook));
        }

        if (record.Version != 0)
        {
            map["version"] = record.Version;
        }

        ChartRecord.Put(map, "namespace", record.Namespace);
        ChartRecord.Put(map, "apply_method", record.ApplyMethod);
        return map;
    }

    private static MapValue Hook(ReleaseHook hook)
    {
        var map = new MapValue();
        ChartRecord.Put(map, "name", hook.Name);
        ChartRecord.Put(map, "kind", hook.Kind);
        ChartRecord.Put(map, "path", hook.Source);
        ChartRecord.Put(map, "manifest", hook.Text);
        Put(map, "events", hook.Events);
        var run = new MapValue();
        ChartRecord.Put(run, "started_at", ChartRecord.Time(hook.LastRun.StartedAt));
        ChartRecord.Put(run, "completed_at", ChartRecord.Time(hook.LastRun.CompletedAt));
        run["phase"] = hook.LastRun.Phase;
        map["last_run"] = run;
        if (hook.Weight != 0)
        {
            map["weight"] = hook.Weight;
        }

        Put(map, "delete_policies", hook.DeletePolicies);
        Put(map, "output_log_policies", hook.OutputLogPolicies);
        return map;
    }

    private static ReleaseRecord FromValue(MapValue map, IReadOnlyDictionary<string, string>? labels)
    {
        var info = map.GetMap("info") ?? new MapValue();
        return new ReleaseRecord
        {
            Name = map.GetString("name") ?? "",
            Namespace = map.GetString("namespace") ?? "",
            Version = (int)(map.GetInt("version") ?? 0),
            Status = info.GetString("status") ?? "",
            Description = info.GetString("description") ?? "",
            Notes = info.GetString("notes") ?? "",
            FirstDeployed = Time(info.GetString("first_deployed")),
            LastDeployed = Time(info.GetString("last_deployed")),
            Deleted = Time(info.GetString("deleted")),
            Chart = map.GetMap("chart") ?? new MapValue(),
            Config = map.GetMap("config") ?? new MapValue(),
            Manifest = map.GetString("manifest") ?? "",
            Hooks = [.. (map.GetList("hooks") ?? []).OfType<MapValue>().Select(HookOf)],
            ApplyMethod = map.GetString("apply_method") ?? "",
            Labels = (labels ?? new Dictionary<string, string>())
                .Where(l => l.Key is not ("name" or "owner" or "status" or "version" or "createdAt" or "modifiedAt"))
                .ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal),
        };
    }

    private static ReleaseHook HookOf(MapValue map)
    {
        var run = map.GetMap("last_run") ?? new MapValue();
        var text = map.GetString("manifest") ?? "";
        return new ReleaseHook
        {
            Name = map.GetString("name") ?? "",
            Kind = map.GetString("kind") ?? "",
            Source = map.GetString("path") ?? "",
            Text = text,
            Object = YamlReader.Read(text) is { HasErrors: false, Result: MapValue document } ? document : null,
            Events = Texts(map, "events"),
            Weight = (int)(map.GetInt("weight") ?? 0),
            DeletePolicies = Texts(map, "delete_policies"),
            OutputLogPolicies = Texts(map, "output_log_policies"),
            LastRun = new HookExecution(Time(run.GetString("started_at")), Time(run.GetString("completed_at")), run.GetString("phase") ?? ""),
        };
    }

    private static void Put(MapValue map, string key, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            map[key] = new ListValue(texts.Select(t => (Value)new StringValue(t)));
        }
    }

    private static List<string> Texts(MapValue map, string key) => [.. (map.GetList(key) ?? []).OfType<StringValue>().Select(s => s.Value)];

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1 ? time : null;

    /// <summary>The bytes; what is not compressed, as very old releases are not, stays as it is.</summary>
    private static byte[] Unzip(byte[] bytes)
    {
        if (bytes is not [0x1F, 0x8B, 0x08, ..])
        {
            return bytes;
        }

        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = new byte[81920];
        for (int count; (count = gzip.Read(buffer)) > 0;)
        {
            if (plain.Length + count > MaxBytes)
            {
                throw new InvalidDataException($"it holds more than {MaxBytes} bytes");
            }

            plain.Write(buffer, 0, count);
        }

        return plain.ToArray();
    }

    private static Parsed<ReleaseRecord> Failed(string message) => new(null, [Diagnostic.Error("helm-release", message)]);
}
