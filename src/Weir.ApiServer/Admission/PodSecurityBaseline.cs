using System.Globalization;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>The baseline level: nothing that is known to give a pod the host.</summary>
internal static class PodSecurityBaseline
{
    private static readonly HashSet<string> Capabilities = new(StringComparer.Ordinal)
    {
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    };

    private static readonly HashSet<string> Sysctls = new(StringComparer.Ordinal)
    {
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    };

    public static void Check(MapValue spec, bool isRestricted, List<(string Reason, string Detail)> found)
    {
        if (!isRestricted)
        {
            AddedCapabilities(spec, found);
        }

        HostNamespaces(spec, found);
        var hostPaths = (spec.GetList("volumes") ?? []).OfType<MapValue>().Where(v => v.ContainsKey("hostPath")).Select(v => v.GetString("name") ?? "").ToList();
        if (hostPaths.Count > 0)
        {
            found.Add(("hostPath volumes", PodSecurity.Named("volume", hostPaths)));
        }

        HostPorts(spec, found);
        var privileged = PodSecurity.Where(spec, static c => c.At("securityContext", "privileged") is BoolValue { Value: true });
        if (privileged.Count > 0)
        {
            found.Add(("privileged", $"{PodSecurity.Named("container", privileged)} must not set securityContext.privileged=true"));
        }

        var unmasked = PodSecurity.Where(spec, static c => c.At("securityContext", "procMount") is StringValue { Value: not "Default" });
        if (unmasked.Count > 0)
        {
            found.Add(("procMount", $"{PodSecurity.Named("container", unmasked)} must not set securityContext.procMount to \"Unmasked\""));
        }

        if (!isRestricted)
        {
            Seccomp(spec, found);
        }

        var sysctls = (spec.At("securityContext", "sysctls") as ListValue ?? []).OfType<MapValue>()
            .Select(s => s.GetString("name") ?? "").Where(n => !Sysctls.Contains(n)).ToList();
        if (sysctls.Count > 0)
        {
            found.Add(("forbidden sysctls", string.Join(", ", sysctls)));
        }
    }

    private static void AddedCapabilities(MapValue spec, List<(string Reason, string Detail)> found)
    {
        var added = new SortedSet<string>(StringComparer.Ordinal);
        var names = PodSecurity.Where(spec, c =>
        {
            var wrong = (c.At("securityContext", "capabilities", "add") as ListValue ?? []).Select(v => (v as StringValue)?.Value ?? "").Where(v => !Capabilities.Contains(v)).ToList();
            added.UnionWith(wrong);
            return wrong.Count > 0;
        });
        if (names.Count > 0)
        {
            found.Add(("non-default capabilities",
                $"{PodSecurity.Named("container", names)} must not include {string.Join(", ", added.Select(a => $"\"{a}\""))} in securityContext.capabilities.add"));
        }
    }

    private static void HostNamespaces(MapValue spec, List<(string Reason, string Detail)> found)
    {
        var host = new List<string>();
        foreach (var key in (ReadOnlySpan<string>)["hostNetwork", "hostPID", "hostIPC"])
        {
            if (spec.GetBool(key) == true)
            {
                host.Add($"{key}=true");
            }
        }

        if (host.Count > 0)
        {
            found.Add(("host namespaces", string.Join(", ", host)));
        }
    }

    private static void HostPorts(MapValue spec, List<(string Reason, string Detail)> found)
    {
        var ports = new SortedSet<long>();
        var names = PodSecurity.Where(spec, c =>
        {
            var own = (c.GetList("ports") ?? []).OfType<MapValue>().Select(p => p.GetInt("hostPort") ?? 0).Where(p => p != 0).ToList();
            ports.UnionWith(own);
            return own.Count > 0;
        });
        if (names.Count > 0)
        {
            var numbers = string.Join(", ", ports.Select(p => p.ToString(CultureInfo.InvariantCulture)));
            found.Add(("hostPort", $"{PodSecurity.Named("container", names)} {(names.Count == 1 ? "uses" : "use")} {(ports.Count == 1 ? "hostPort" : "hostPorts")} {numbers}"));
        }
    }

    private static void Seccomp(MapValue spec, List<(string Reason, string Detail)> found)
    {
        if (spec.At("securityContext", "seccompProfile", "type") is StringValue { Value: "Unconfined" })
        {
            found.Add(("seccompProfile", "pod must not set securityContext.seccompProfile.type to \"Unconfined\""));
            return;
        }

        var names = PodSecurity.Where(spec, static c => c.At("securityContext", "seccompProfile", "type") is StringValue { Value: "Unconfined" });
        if (names.Count > 0)
        {
            found.Add(("seccompProfile", $"{PodSecurity.Named("container", names)} must not set securityContext.seccompProfile.type to \"Unconfined\""));
        }
    }
}
