using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>Gives Services their cluster addresses and node ports, none twice, and knows which are in use.</summary>
internal sealed class ServiceAddresses : IDisposable
{
    private const int FirstPort = 30_000;
    private const int LastPort = 32_767;
    private const string Range = "10.96.0.0/12";
    private const uint FirstAddress = (10u << 24) + (96u << 16) + 1;
    private const uint LastAddress = (10u << 24) + (111u << 16) + 0xFFFE;

    // One service at a time: what is given out is in use before the next one asks.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private readonly HashSet<string> _addresses = new(StringComparer.Ordinal);
    private readonly HashSet<long> _ports = [];
    private readonly ResourceTable _table;

    public ServiceAddresses(ObjectStore store)
    {
        _table = store.Table("services");
        foreach (var item in _table.Objects.List(null))
        {
            Use(item, isUsed: true);
        }

        store.Changed += (table, change) =>
        {
            if (table == _table)
            {
                Use(change.Previous, isUsed: false);
                Use(change.Current, isUsed: true);
            }
        };
    }

    private bool Owns(ServedResource resource) => resource.Table == _table;

    /// <summary>The turn to allocate and store; it ends when the answer is disposed. <see langword="null"/> for other resources.</summary>
    public async ValueTask<IDisposable?> EnterAsync(ServedResource resource)
    {
        if (!Owns(resource))
        {
            return null;
        }

        await _turn.WaitAsync().ConfigureAwait(false);
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Completes a valid service; <paramref name="old"/> is absent for a new one.</summary>
    public void Allocate(MapValue value, MapValue? old)
    {
        var spec = value.GetOrAddMap("spec");
        var before = old?.GetMap("spec");
        var causes = new List<StatusCause>();
        lock (_lock)
        {
            if (spec.GetString("type") is "ClusterIP" or "NodePort" or "LoadBalancer")
            {
                Address(spec, before, causes);
                Families(spec);
            }

            if (spec.GetString("type") == "NodePort" || (spec.GetString("type") == "LoadBalancer" && spec.GetBool("allocateLoadBalancerNodePorts") != false))
            {
                Ports(spec, before, causes);
            }

            if (spec.GetString("type") == "LoadBalancer" && spec.GetString("externalTrafficPolicy") == "Local" && spec.GetInt("healthCheckNodePort") is null or 0)
            {
                spec["healthCheckNodePort"] = FreePort([]);
            }
        }

        if (causes.Count > 0)
        {
            throw ApiStatus.Invalid("", "Service", value.GetMap("metadata")?.GetString("name") ?? "", causes).ToException();
        }
    }

    private void Address(MapValue spec, MapValue? before, List<StatusCause> causes)
    {
        var asked = spec.GetString("clusterIP") ?? "";
        if (asked.Length == 0)
        {
            var address = FreeAddress();
            spec["clusterIP"] = address;
            spec["clusterIPs"] = new ListValue { address };
        }
        else if (asked != "None" && asked != before?.GetString("clusterIP"))
        {
            var why = !IsInRange(asked) ? $"failed to allocate IP {asked}: the provided network does not match the current range"
                : _addresses.Contains(asked) ? $"failed to allocate IP {asked}: provided IP is already allocated" : null;
            if (why is not null)
            {
                causes.Add(new("FieldValueInvalid", $"Invalid value: [{ApiStatus.Quote(asked)}]: {why}", "spec.clusterIPs"));
            }
        }
    }

    private static void Families(MapValue spec)
    {
        if (spec.GetList("ipFamilies") is not { Count: > 0 })
        {
            spec["ipFamilies"] = new ListValue { spec.GetString("clusterIP")?.Contains(':', StringComparison.Ordinal) == true ? "IPv6" : "IPv4" };
        }

        if (spec.GetString("ipFamilyPolicy") is not { Length: > 0 })
        {
            spec["ipFamilyPolicy"] = spec.GetString("clusterIP") == "None" && spec.GetMap("selector") is not { Count: > 0 } ? "RequireDualStack" : "SingleStack";
        }

        // A headless service without a selector has whatever addresses its endpoints have.
        if (spec.GetString("ipFamilyPolicy") == "RequireDualStack" && spec.GetList("ipFamilies") is { Count: 1 } families)
        {
            families.Add(families[0] is StringValue { Value: "IPv6" } ? "IPv4" : "IPv6");
        }
    }

    private void Ports(MapValue spec, MapValue? before, List<StatusCause> causes)
    {
        var own = (before?.GetList("ports") ?? []).OfType<MapValue>().Select(p => p.GetInt("nodePort") ?? 0).ToHashSet();
        var taken = new Dictionary<long, string>();
        var index = 0;
        foreach (var port in (spec.GetList("ports") ?? []).OfType<MapValue>())
        {
            var protocol = port.GetString("protocol") ?? "TCP";
            if (port.GetInt("nodePort") is { } asked and not 0)
            {
                var isShared = taken.TryGetValue(asked, out var other) && other != protocol;
                var why = asked is < FirstPort or > LastPort ? $"provided port is not in the valid range. The range of valid ports is {FirstPort}-{LastPort}"
                    : !own.Contains(asked) && !isShared && (_ports.Contains(asked) || taken.ContainsKey(asked)) ? "provided port is already allocated" : null;
                if (why is not null)
                {
                    causes.Add(new("FieldValueInvalid", string.Create(CultureInfo.InvariantCulture, $"Invalid value: {asked}: {why}"),
                        string.Create(CultureInfo.InvariantCulture, $"spec.ports[{index}].nodePort")));
                }

                taken.TryAdd(asked, protocol);
            }
            else
            {
                var free = FreePort(taken.Keys);
                port["nodePort"] = free;
                taken[free] = protocol;
            }

            index++;
        }
    }

    private string FreeAddress()
    {
        while (true)
        {
            var number = FirstAddress + (uint)RandomNumberGenerator.GetInt32((int)(LastAddress - FirstAddress));
            var address = new IPAddress([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]).ToString();
            if (!_addresses.Contains(address))
            {
                return address;
            }
        }
    }

    private long FreePort(IReadOnlyCollection<long> taken)
    {
        const int count = LastPort - FirstPort + 1;
        var start = RandomNumberGenerator.GetInt32(count);
        for (var i = 0; i < count; i++)
        {
            var port = FirstPort + ((start + i) % count);
            if (!_ports.Contains(port) && !taken.Contains(port))
            {
                return port;
            }
        }

        throw ApiStatus.InternalError("failed to allocate a nodePort: range is full").ToException();
    }

    private static bool IsInRange(string text) =>
        IPNetwork.TryParse(Range, out var range) && IPAddress.TryParse(text, out var address) && range.Contains(address);

    private void Use(StoredObject? item, bool isUsed)
    {
        if (item?.Decode().GetMap("spec") is not { } spec)
        {
            return;
        }

        lock (_lock)
        {
            if (spec.GetString("clusterIP") is { Length: > 0 } address and not "None")
            {
                _ = isUsed ? _addresses.Add(address) : _addresses.Remove(address);
            }

            Use(spec.GetInt("healthCheckNodePort"), isUsed);
            foreach (var port in spec.GetList("ports") ?? [])
            {
                Use((port as MapValue)?.GetInt("nodePort"), isUsed);
            }
        }
    }

    private void Use(long? port, bool isUsed)
    {
        if (port is { } used and not 0)
        {
            _ = isUsed ? _ports.Add(used) : _ports.Remove(used);
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
