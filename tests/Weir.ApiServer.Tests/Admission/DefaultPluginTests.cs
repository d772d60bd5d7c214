using System.Net;
using Weir.Values;

namespace Weir.ApiServer.Tests.Admission;

/// <summary>What admission adds and refuses on a cluster whose flags nobody touched.</summary>
public sealed class DefaultPluginTests
{
    private const string Claims = "/api/v1/namespaces/default/persistentvolumeclaims";
    private const string Pods = "/api/v1/namespaces/default/pods";
    private const string StorageClasses = "/apis/storage.k8s.io/v1/storageclasses";

    [Fact]
    public async Task A_claim_gets_the_default_class_and_goes_when_no_pod_uses_it()
    {
        await using var cluster = await TestCluster.StartAsync(new SimulationOptions());
        await cluster.PostAsync(StorageClasses, "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: plain}, provisioner: p}");
        await cluster.PostAsync(StorageClasses, "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast, annotations: {storageclass.kubernetes.io/is-default-class: \"true\"}}, provisioner: p}");
        var (_, claim) = await ClaimAsync(cluster, "data", "");
        Assert.Equal("fast", claim.At("spec", "storageClassName")?.ToString());
        Assert.Equal("plain", (await ClaimAsync(cluster, "other", "storageClassName: plain, ")).Body.At("spec", "storageClassName")?.ToString());
        Assert.Equal("", (await ClaimAsync(cluster, "none", "storageClassName: \"\", ")).Body.At("spec", "storageClassName")?.ToString());

        await cluster.PostAsync(Pods, "{apiVersion: v1, kind: Pod, metadata: {name: user}, spec: {containers: [{name: c, image: i}], volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]}}");
        await cluster.DeleteAsync($"{Claims}/data");
        Assert.NotNull((await cluster.GetAsync($"{Claims}/data")).Body.At("metadata", "deletionTimestamp"));
        await cluster.DeleteAsync($"{Pods}/user?gracePeriodSeconds=0");
        await cluster.GoneAsync($"{Claims}/data");
    }

    [Fact]
    public async Task A_bound_claim_grows_only_where_its_class_allows_it_and_else_stays_as_it_is()
    {
        await using var cluster = await TestCluster.StartAsync(new SimulationOptions());
        await cluster.PostAsync(StorageClasses, "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fixed}, provisioner: p}");
        await cluster.PostAsync(StorageClasses, "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: elastic}, provisioner: p, allowVolumeExpansion: true}");
        foreach (var storageClass in (string[])["fixed", "elastic"])
        {
            await ClaimAsync(cluster, storageClass, $"storageClassName: {storageClass}, ");
            await cluster.EventuallyAsync($"{Claims}/{storageClass}", static (_, c) => c.At("status", "phase")?.ToString() == "Bound");
        }

        const string grow = "{spec: {resources: {requests: {storage: 2Gi}}}}";
        Assert.Equal(
            "persistentvolumeclaims \"fixed\" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize",
            (await cluster.MergeAsync($"{Claims}/fixed", grow)).Body.GetString("message"));
        Assert.Equal(HttpStatusCode.OK, (await cluster.MergeAsync($"{Claims}/elastic", grow)).Code);
        Assert.Equal(
            "PersistentVolumeClaim \"elastic\" is invalid: spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims",
            (await cluster.MergeAsync($"{Claims}/elastic", "{spec: {accessModes: [ReadWriteMany]}}")).Body.GetString("message"));
    }

    [Fact]
    public async Task An_ingress_gets_the_default_class()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.PostAsync("/apis/networking.k8s.io/v1/ingressclasses", "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx, annotations: {ingressclass.kubernetes.io/is-default-class: \"true\"}}, spec: {controller: k8s.io/x}}");
        var (code, ingress) = await cluster.PostAsync("/apis/networking.k8s.io/v1/namespaces/default/ingresses",
            "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {defaultBackend: {service: {name: s, port: {number: 80}}}}}");
        Assert.Equal((HttpStatusCode.Created, "nginx"), (code, ingress.At("spec", "ingressClassName")?.ToString()));
    }

    [Fact]
    public async Task Pods_get_what_their_account_and_runtime_class_say()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.PostAsync("/api/v1/namespaces/default/serviceaccounts", "{apiVersion: v1, kind: ServiceAccount, metadata: {name: puller}, imagePullSecrets: [{name: registry}]}");
        await cluster.PostAsync("/apis/node.k8s.io/v1/runtimeclasses", "{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: box}, handler: h, overhead: {podFixed: {cpu: 10m}}}");
        var (_, pod) = await PodAsync(cluster, "a", "serviceAccountName: puller, runtimeClassName: box, ");
        Assert.Equal("registry", (pod.At("spec", "imagePullSecrets") as ListValue)?[0].At("name")?.ToString());
        Assert.Equal("10m", pod.At("spec", "overhead", "cpu")?.ToString());
        Assert.Equal("pods \"b\" is forbidden: pod rejected: RuntimeClass \"none\" not found", (await PodAsync(cluster, "b", "runtimeClassName: none, ")).Body.GetString("message"));
        Assert.Equal("pods \"b\" is forbidden: no PriorityClass with name none was found", (await PodAsync(cluster, "b", "priorityClassName: none, ")).Body.GetString("message"));
        Assert.Equal(
            "pods \"b\" is forbidden: the integer value of priority (7) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name",
            (await PodAsync(cluster, "b", "priority: 7, ")).Body.GetString("message"));
    }

    [Fact]
    public async Task A_namespace_says_what_it_asks_of_pods_and_is_told_who_does_not_comply()
    {
        await using var cluster = await TestCluster.StartAsync();
        await PodAsync(cluster, "a", "");
        Assert.Equal(
            "Namespace \"default\" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"strict\": must be one of privileged, baseline, restricted",
            (await cluster.MergeAsync("/api/v1/namespaces/default", "{metadata: {labels: {pod-security.kubernetes.io/enforce: strict}}}")).Body.GetString("message"));
        var warnings = await cluster.WarningsAsync("/api/v1/namespaces/default", "{metadata: {labels: {pod-security.kubernetes.io/enforce: restricted}}}");
        Assert.Equal(
            [
                "existing pods in namespace \"default\" violate the new PodSecurity enforce level \"restricted:latest\"",
                "a: allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile",
            ],
            warnings);
    }

    private static Task<(HttpStatusCode Code, MapValue Body)> ClaimAsync(TestCluster cluster, string name, string spec) => cluster.PostAsync(
        Claims, $"{{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {{name: {name}}}, spec: {{{spec}accessModes: [ReadWriteOnce], resources: {{requests: {{storage: 1Gi}}}}}}}}");

    private static Task<(HttpStatusCode Code, MapValue Body)> PodAsync(TestCluster cluster, string name, string spec) =>
        cluster.PostAsync(Pods, $"{{apiVersion: v1, kind: Pod, metadata: {{name: {name}}}, spec: {{{spec}containers: [{{name: c, image: i}}]}}}}");
}
