namespace Weir.EndToEnd.Tests;

/// <summary>The commands that people type, run by the real kubectl against the embedded API.</summary>
public sealed class KubectlTests
{
    private const string ConfigMap = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, labels: {app: demo}}
        data: {a: "1", b: "2"}
        """;

    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "nginx:1.27", ports: [{containerPort: 80}]}]}
        """;

    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.demo.example.com}
        spec:
          group: demo.example.com
          scope: Namespaced
          names: {plural: widgets, singular: widget, kind: Widget, shortNames: [wd]}
          versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}, scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.size}}
            additionalPrinterColumns: [{name: Size, type: integer, jsonPath: .spec.size}]
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec: {type: object, description: what is wanted, properties: {size: {type: integer, minimum: 0, default: 1}}}
                  status: {type: object, properties: {size: {type: integer}}}
        """;

    [Fact]
    public async Task Tells_what_it_is_and_what_it_serves()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        Assert.Contains("Server Version: v1.36", await cluster.OkAsync("version"), StringComparison.Ordinal);
        Assert.Contains("is running at", await cluster.OkAsync("cluster-info"), StringComparison.Ordinal);
        Assert.Equal("ok", await cluster.OkAsync("get", "--raw", "/readyz"));
        Assert.Contains("deploy       apps/v1", await cluster.OkAsync("api-resources", "--api-group=apps"), StringComparison.Ordinal);
        Assert.Contains("batch/v1", await cluster.OkAsync("api-versions"), StringComparison.Ordinal);
        Assert.Contains("replicas <integer>", await cluster.OkAsync("explain", "deployment.spec.replicas"), StringComparison.Ordinal);
        Assert.Contains("Ready", await cluster.OkAsync("get", "nodes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Applies_and_compares()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        cluster.Write("cm.yaml", ConfigMap);
        cluster.Write("deploy.yaml", Deployment);
        Assert.Contains("configmap/settings created", await cluster.OkAsync("apply", "-f", "cm.yaml"), StringComparison.Ordinal);
        Assert.Contains("configmap/settings unchanged", await cluster.OkAsync("apply", "-f", "cm.yaml"), StringComparison.Ordinal);
        await cluster.OkAsync("apply", "-f", "deploy.yaml");
        Assert.Equal("", await cluster.OkAsync("diff", "-f", "deploy.yaml"));
        cluster.Write("deploy.yaml", Deployment.Replace("replicas: 2", "replicas: 3", StringComparison.Ordinal));
        Assert.Contains("+  replicas: 3", await cluster.FailsAsync("diff", "-f", "deploy.yaml"), StringComparison.Ordinal);
        Assert.Contains("server dry run", await cluster.OkAsync("apply", "--dry-run=server", "-f", "deploy.yaml"), StringComparison.Ordinal);
        Assert.Equal("2", await cluster.OkAsync("get", "deploy", "web", "-o", "jsonpath={.spec.replicas}"));
        Assert.Contains("configured", await cluster.OkAsync("apply", "-f", "deploy.yaml"), StringComparison.Ordinal);
        Assert.Contains("serverside-applied", await cluster.OkAsync("apply", "--server-side", "-f", "deploy.yaml"), StringComparison.Ordinal);
        cluster.Write("deploy.yaml", Deployment.Replace("replicas: 2", "replicas: 5", StringComparison.Ordinal));
        var conflict = await cluster.FailsAsync("apply", "--server-side", "--field-manager=other", "-f", "deploy.yaml");
        Assert.Contains(".spec.replicas", conflict, StringComparison.Ordinal);
        await cluster.OkAsync("apply", "--server-side", "--field-manager=other", "--force-conflicts", "-f", "deploy.yaml");
        Assert.Contains("deployment.apps/web replaced", await cluster.OkAsync("replace", "-f", "deploy.yaml"), StringComparison.Ordinal);
        cluster.Write("wrong.yaml", ConfigMap.Replace("\ndata:", "\ndat:", StringComparison.Ordinal));
        Assert.Contains("unknown field \"dat\"", await cluster.FailsAsync("apply", "-f", "wrong.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_changes_and_waits()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        cluster.Write("cm.yaml", ConfigMap);
        await cluster.OkAsync("apply", "-f", "cm.yaml");
        await cluster.OkAsync("create", "configmap", "made", "--from-literal=k=v");
        Assert.Contains("a: \"1\"", await cluster.OkAsync("get", "cm", "settings", "-o", "yaml"), StringComparison.Ordinal);
        Assert.Equal("1", await cluster.OkAsync("get", "cm", "settings", "-o", "jsonpath={.data.a}"));
        Assert.Contains("\"kind\": \"ConfigMap\"", await cluster.OkAsync("get", "cm", "settings", "-o", "json"), StringComparison.Ordinal);
        Assert.Contains("settings", await cluster.OkAsync("get", "cm", "-l", "app=demo", "--chunk-size=1"), StringComparison.Ordinal);
        Assert.Contains("demo", await cluster.OkAsync("get", "cm", "--field-selector", "metadata.name=settings", "-A"), StringComparison.Ordinal);
        await cluster.OkAsync("label", "cm", "settings", "tier=x");
        await cluster.OkAsync("annotate", "cm", "settings", "note=y");
        await cluster.OkAsync("patch", "cm", "settings", "--type=merge", "-p", """{"data":{"c":"3"}}""");
        await cluster.OkAsync("patch", "cm", "settings", "--type=json", "-p", """[{"op":"remove","path":"/data/c"}]""");
        await cluster.OkAsync("wait", "cm/settings", "--for=jsonpath={.data.b}=2", "--timeout=10s");
        Assert.Contains("configmap \"made\" deleted", await cluster.OkAsync("delete", "cm", "made"), StringComparison.Ordinal);
        Assert.Contains("not found", await cluster.FailsAsync("get", "cm", "made"), StringComparison.Ordinal);
        Assert.Contains("settings", await cluster.OkAsync("get", "cm", "-w", "--request-timeout=2s"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rolls_workloads_out()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        cluster.Write("deploy.yaml", Deployment);
        await cluster.OkAsync("apply", "-f", "deploy.yaml");
        Assert.Contains("successfully rolled out", await cluster.OkAsync("rollout", "status", "deploy", "web", "--timeout=40s"), StringComparison.Ordinal);
        Assert.Contains("2/2", await cluster.OkAsync("get", "deploy", "-o", "wide"), StringComparison.Ordinal);
        await cluster.OkAsync("scale", "deploy", "web", "--replicas=3");
        await cluster.OkAsync("set", "image", "deploy/web", "web=nginx:1.28");
        await cluster.OkAsync("patch", "deploy", "web", "-p", """{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"nginx:1.29"}]}}}}""");
        await cluster.OkAsync("rollout", "status", "deploy", "web", "--timeout=40s");
        Assert.Contains("REVISION", await cluster.OkAsync("rollout", "history", "deploy", "web"), StringComparison.Ordinal);
        Assert.Contains("replicaset.apps/web-", await cluster.OkAsync("get", "all"), StringComparison.Ordinal);
        Assert.Contains("nginx:1.29", await cluster.OkAsync("describe", "deploy", "web"), StringComparison.Ordinal);
        await cluster.OkAsync("wait", "deploy/web", "--for=condition=Available", "--timeout=20s");
        await cluster.OkAsync("expose", "deploy", "web", "--port=80");
        Assert.Contains("80/TCP", await cluster.OkAsync("get", "svc", "web"), StringComparison.Ordinal);
        await cluster.OkAsync("create", "job", "once", "--image=busybox");
        await cluster.OkAsync("create", "cronjob", "often", "--image=busybox", "--schedule=0 * * * *");
        await cluster.OkAsync("get", "jobs,cronjobs,pods");
        await cluster.OkAsync("events");
        await cluster.OkAsync("delete", "deploy", "web");
    }

    [Fact]
    public async Task Grants_access()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        const string bot = "--as=system:serviceaccount:demo:bot";
        await cluster.OkAsync("create", "serviceaccount", "bot");
        await cluster.OkAsync("create", "role", "reader", "--verb=get,list", "--resource=configmaps");
        await cluster.OkAsync("create", "rolebinding", "readers", "--role=reader", "--serviceaccount=demo:bot");
        Assert.Contains("yes", await cluster.OkAsync("auth", "can-i", "list", "configmaps", bot), StringComparison.Ordinal);
        Assert.Contains("no", await cluster.FailsAsync("auth", "can-i", "delete", "configmaps", bot), StringComparison.Ordinal);
        Assert.Contains("configmaps", await cluster.OkAsync("auth", "can-i", "--list", bot), StringComparison.Ordinal);
        Assert.Contains("kubernetes-admin", await cluster.OkAsync("auth", "whoami"), StringComparison.Ordinal);
        Assert.Contains("cannot list resource \"secrets\"", await cluster.FailsAsync("get", "secrets", bot), StringComparison.Ordinal);
        Assert.Equal(3, (await cluster.OkAsync("create", "token", "bot", "--duration=1h")).Trim().Split('.').Length);
        await cluster.OkAsync("create", "secret", "generic", "pass", "--from-literal=k=v");
        Assert.Equal("dg==", await cluster.OkAsync("get", "secret", "pass", "-o", "jsonpath={.data.k}"));
    }

    [Fact]
    public async Task Serves_kinds_of_its_users()
    {
        await using var cluster = await KubectlCluster.StartAsync();
        cluster.Write("crd.yaml", Definition);
        cluster.Write("widget.yaml", Widget("one", 3));
        await cluster.OkAsync("apply", "-f", "crd.yaml");
        await cluster.OkAsync("wait", "--for=condition=Established", "crd/widgets.demo.example.com", "--timeout=10s");
        await cluster.OkAsync("apply", "-f", "widget.yaml");
        Assert.Contains("one    3", await cluster.OkAsync("get", "wd"), StringComparison.Ordinal);
        Assert.Contains("what is wanted", await cluster.OkAsync("explain", "widget.spec"), StringComparison.Ordinal);
        await cluster.OkAsync("scale", "widget", "one", "--replicas=5");
        await cluster.OkAsync("patch", "widget", "one", "--subresource=status", "--type=merge", "-p", """{"status":{"size":5}}""");
        Assert.Equal("5 5", await cluster.OkAsync("get", "widget", "one", "-o", "jsonpath={.spec.size} {.status.size}"));
        cluster.Write("widget.yaml", Widget("two", -1));
        Assert.Contains("should be greater than or equal to 0", await cluster.FailsAsync("create", "-f", "widget.yaml"), StringComparison.Ordinal);
        await cluster.OkAsync("delete", "crd", "widgets.demo.example.com");
        await cluster.FailsAsync("get", "wd");
        await cluster.OkAsync("delete", "namespace", "demo", "--timeout=40s");
        Assert.Contains("not found", await cluster.FailsAsync("get", "namespace", "demo"), StringComparison.Ordinal);
    }

    private static string Widget(string name, int size) => $$"""
        apiVersion: demo.example.com/v1
        kind: Widget
        metadata: {name: {{name}}}
        spec: {size: {{size}}}
        """;
}
