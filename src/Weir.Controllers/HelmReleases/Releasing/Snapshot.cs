using System.Globalization;
using Weir.Flux;
using Weir.Helm;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>A revision of the release as the status remembers it.</summary>
internal sealed class Snapshot(MapValue value)
{
    /// <summary>How the digest is computed since helm-controller 1.5.</summary>
    public const string CurrentApiVersion = "v2";

    public MapValue Value { get; } = value;

    public string ApiVersion => Value.GetString("apiVersion") ?? "";

    public string Name => Value.GetString("name") ?? "";

    public string Namespace => Value.GetString("namespace") ?? "";

    public int Version => (int)(Value.GetInt("version") ?? 0);

    public string Status => Value.GetString("status") ?? "";

    public string Digest => Value.GetString("digest") ?? "";

    public string ConfigDigest => Value.GetString("configDigest") ?? "";

    public string ChartName => Value.GetString("chartName") ?? "";

    public string ChartVersion => Value.GetString("chartVersion") ?? "";

    public string AppVersion => Value.GetString("appVersion") ?? "";

    public string OciDigest => Value.GetString("ociDigest") ?? "";

    public string Action => Value.GetString("action") ?? "";

    /// <summary><c>namespace/name.vN</c>.</summary>
    public string FullName => string.Create(CultureInfo.InvariantCulture, $"{Namespace}/{Name}.v{Version}");

    /// <summary><c>chart@version</c>.</summary>
    public string VersionedChart => $"{ChartName}@{ChartVersion}";

    public MapValue? TestHooks => Value.GetMap("testHooks");

    /// <summary>True when the tests have ended, or there are none.</summary>
    public bool HasBeenTested
    {
        get
        {
            if (TestHooks is not { } hooks)
            {
                return false;
            }

            if (HasTestInPhase("Failed"))
            {
                return true;
            }

            foreach (var (_, hook) in hooks)
            {
                if (hook is not MapValue map || map.GetString("phase") != "Succeeded")
                {
                    return false;
                }
            }

            return true;
        }
    }

    public bool HasTestInPhase(string phase)
    {
        foreach (var (_, hook) in TestHooks ?? [])
        {
            if (hook is MapValue map && map.GetString("phase") == phase)
            {
                return true;
            }
        }

        return false;
    }

    public bool Targets(ReleaseRecord record) =>
        Name == record.Name && Namespace == record.Namespace && Version == record.Version;

    public static Snapshot Of(ReleaseRecord record, string action, string ociDigest, MapValue? testHooks)
    {
        var map = new MapValue();
        Put(map, "action", action);
        map["apiVersion"] = CurrentApiVersion;
        Put(map, "appVersion", record.AppVersion);
        map["chartName"] = record.ChartName;
        map["chartVersion"] = record.ChartVersion;
        map["configDigest"] = Weir.Rendering.HelmReleaseValues.Digest(record.Config);
        if (record.Deleted is { } deleted)
        {
            map["deleted"] = FluxTime.Write(deleted);
        }

        map["digest"] = ReleaseDigest.Of(record, ociDigest);
        map["firstDeployed"] = FluxTime.Write(record.FirstDeployed ?? DateTimeOffset.MinValue);
        map["lastDeployed"] = FluxTime.Write(record.LastDeployed ?? DateTimeOffset.MinValue);
        map["name"] = record.Name;
        map["namespace"] = record.Namespace;
        Put(map, "ociDigest", ociDigest);
        map["status"] = record.Status;
        if (testHooks is not null)
        {
            map["testHooks"] = testHooks;
        }

        map["version"] = record.Version;
        return new(map);
    }

    private static void Put(MapValue map, string key, string text)
    {
        if (text.Length > 0)
        {
            map[key] = text;
        }
    }
}
