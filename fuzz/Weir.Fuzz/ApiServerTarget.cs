using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Weir.ApiServer;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Fuzz;

/// <summary>
/// Requests to a running server: bodies in JSON, YAML and protobuf, patches of every kind, selectors, definitions and policies with
/// expressions. The first line of an input is method, path and content type. Every answer is a proper one, and none an accident.
/// </summary>
internal static class ApiServerTarget
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
    private const string Widgets = "/apis/example.com/v1/namespaces/default/widgets";
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private const string Apply = "application/apply-patch+yaml";
    private const string Merge = "application/merge-patch+json";
    private const string Strategic = "application/strategic-merge-patch+json";
    private const string JsonPatch = "application/json-patch+json";
    private const string Protobuf = "application/vnd.kubernetes.protobuf";

    private const string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
        "names":{"plural":"widgets","singular":"widget","kind":"Widget"},"versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{},"scale":{"specReplicasPath":".spec.size","statusReplicasPath":".status.size"}},
        "additionalPrinterColumns":[{"name":"Size","type":"integer","jsonPath":".spec.size"}],"selectableFields":[{"jsonPath":".spec.name"}],
        "schema":{"openAPIV3Schema":{"type":"object","properties":{"status":{"type":"object","x-kubernetes-preserve-unknown-fields":true},"spec":{"type":"object","required":["size"],"properties":{
        "size":{"type":"integer","minimum":0,"maximum":10,"default":1},"name":{"type":"string","pattern":"^[a-z]+$","maxLength":20},"when":{"type":"string","format":"date-time"},
        "any":{"type":"object","x-kubernetes-preserve-unknown-fields":true},"set":{"type":"array","maxItems":8,"x-kubernetes-list-type":"set","items":{"type":"string","maxLength":9}},
        "parts":{"type":"array","maxItems":8,"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"items":{"type":"object","required":["name"],"properties":{"name":{"type":"string","maxLength":9},"port":{"x-kubernetes-int-or-string":true}}}}},
        "x-kubernetes-validations":[{"rule":"self.size < 9 || self.name == 'big'","messageExpression":"'size ' + string(self.size)"},{"rule":"self.size >= oldSelf.size"}]}}}}}]}}
        """;

    private const string Policy = """
        {"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingAdmissionPolicy","metadata":{"name":"p"},"spec":{"failurePolicy":"Fail",
        "matchConstraints":{"resourceRules":[{"apiGroups":["*"],"apiVersions":["*"],"operations":["*"],"resources":["*"]}],"objectSelector":{"matchExpressions":[{"key":"a","operator":"In","values":["b"]}]}},
        "variables":[{"name":"x","expression":"object.metadata.name.size()"}],"matchConditions":[{"name":"c","expression":"request.operation == 'CREATE'"}],
        "validations":[{"expression":"variables.x < 5 || authorizer.group('').resource('pods').check('get').allowed()","messageExpression":"'no ' + object.metadata.name"}]}}
        """;

    private static HttpClient? client;

    public static FuzzTarget Create() => new("apiserver", Seeds(), Run) { MoreSeeds = ProtobufSeeds };

    private static IReadOnlyList<byte[]> Seeds() =>
    [
        Seed("POST", Maps, "application/json", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{"x":"y"},"ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"p","uid":"u"}]},"data":{"k":"v","k":"w"},"binaryData":{"b":"aGk="}}"""),
        Seed("POST", Maps + "?fieldValidation=Strict&fieldManager=m", "application/yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a-}\ndata:\n  k: |\n    text\n  u: 1\n"),
        Seed("POST", Deployments, "application/json", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"replicas":2,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i","ports":[{"containerPort":80}],"resources":{"limits":{"cpu":"1500m","memory":"1Gi"}}}]}}}}"""),
        Seed("POST", Definitions, "application/json", Definition.Replace("widgets", "gadgets", StringComparison.Ordinal).Replace("idget", "adget", StringComparison.Ordinal)),
        Seed("POST", "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies", "application/json", Policy),
        Seed("POST", Widgets, "application/json", """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w"},"spec":{"size":3,"name":"abc","when":"2026-01-02T03:04:05Z","set":["a","b"],"parts":[{"name":"x","port":"http"}],"any":{"z":[1,2.5,null]}}}"""),
        Seed("PATCH", Widgets + "/one", Merge, """{"spec":{"size":4,"set":null,"any":{"deep":{"er":true}}}}"""),
        Seed("PATCH", Widgets + "/one/status", Merge, """{"status":{"size":4}}"""),
        Seed("PATCH", Widgets + "/one/scale", Merge, """{"spec":{"replicas":5}}"""),
        Seed("PATCH", Widgets + "/one?fieldManager=fuzz&force=true", Apply, "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: one}\nspec:\n  size: 5\n  parts: [{name: a, port: 1}, {name: b}]\n  set: [q, r]\n"),
        Seed("PATCH", Deployments + "/web", Strategic, """{"spec":{"template":{"spec":{"containers":[{"name":"c","$patch":"delete"},{"name":"n","image":"j","env":[{"name":"E","value":"1"}]}],"$setElementOrder/containers":[{"name":"n"},{"name":"c"}],"$retainKeys":["containers"]}},"strategy":{"$retainKeys":["type"],"type":"Recreate"},"$deleteFromPrimitiveList/x":["a"]}}"""),
        Seed("PATCH", Deployments + "/web", JsonPatch, """[{"op":"test","path":"/spec/replicas","value":1},{"op":"add","path":"/metadata/labels/a~1b","value":"c"},{"op":"move","from":"/metadata/labels","path":"/metadata/annotations"},{"op":"copy","from":"/spec/template","path":"/spec/x"},{"op":"remove","path":"/spec/template/spec/containers/-1"},{"op":"replace","path":"/spec/replicas","value":3}]"""),
        Seed("PATCH", Deployments + "/web?fieldManager=fuzz&force=true", Apply, "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: {l: m}}\nspec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n      - {name: c, image: j, ports: [{containerPort: 80, protocol: UDP}]}\n"),
        Seed("PUT", Deployments + "/web/scale", "application/json", """{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"web"},"spec":{"replicas":7}}"""),
        Seed("GET", Maps + "?labelSelector=a+in+(b,c),!d,e%21%3Df,g&fieldSelector=metadata.name%21%3Dx,metadata.namespace%3Ddefault&limit=2&resourceVersion=0&resourceVersionMatch=NotOlderThan", "", ""),
        Seed("GET", Widgets + "?fieldSelector=spec.name%3Dabc&labelSelector=x&continue=eyJ2IjoibWV0YSJ9", "", ""),
        Seed("DELETE", Maps + "?labelSelector=none", "application/json", """{"apiVersion":"v1","kind":"DeleteOptions","gracePeriodSeconds":5,"propagationPolicy":"Orphan","preconditions":{"uid":"x"}}"""),
        Seed("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "application/json", """{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"verb":"get","resource":"pods","fieldSelector":{"requirements":[{"key":"a","operator":"In","values":["b"]}]}}}}"""),
        Seed("POST", "/api/v1/namespaces/default/services", "application/json", """{"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},"spec":{"type":"NodePort","ports":[{"port":80,"targetPort":"http","nodePort":30001}],"clusterIP":"10.96.0.77","externalIPs":["1.2.3.4"]}}"""),
        Seed("POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", "application/yaml", "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\nrules: [{apiGroups: ['*'], resources: [a/b], verbs: [get], resourceNames: [x]}, {nonResourceURLs: [/x*], verbs: ['*']}]\n"),
    ];

    /// <summary>Objects as the server itself writes them, sent back.</summary>
    private static IEnumerable<byte[]> ProtobufSeeds()
    {
        foreach (var (list, item) in ((string, string)[])[(Maps, Maps + "/one"), (Deployments, Deployments + "/web"), ("/api/v1/namespaces/default/serviceaccounts", "/api/v1/namespaces/default/serviceaccounts/default")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, item);
            request.Headers.TryAddWithoutValidation("Accept", Protobuf);
            using var response = Client.Send(request);
            using var body = new MemoryStream();
            response.Content.ReadAsStream().CopyTo(body);
            yield return [.. Encoding.UTF8.GetBytes($"POST {list} {Protobuf}\n"), .. body.ToArray()];
        }
    }

    private static byte[] Seed(string method, string path, string type, string body) => Encoding.UTF8.GetBytes($"{method} {path} {type}\n{body}");

    private static HttpClient Client
    {
        get
        {
            if (client is null)
            {
                client = ApiServerHost.StartAsync(new ApiServerOptions { Simulation = null }, CancellationToken.None).GetAwaiter().GetResult().CreateAdminClient();
                client.Timeout = TimeSpan.FromSeconds(20);
                Prepare("POST", Definitions, Definition);
                Prepare("POST", Maps, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one","labels":{"a":"b"}},"data":{"k":"v"}}""");
                Prepare("POST", Deployments, """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","labels":{"l":"m"}},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""");
                for (var i = 0; Prepare("POST", Widgets, """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"one"},"spec":{"size":3,"name":"abc","parts":[{"name":"a"}]}}""") != HttpStatusCode.Created && i < 100; i++)
                {
                    Thread.Sleep(50);
                }
            }

            return client;
        }
    }

    private static HttpStatusCode Prepare(string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = client!.Send(request);
        return response.StatusCode;
    }

    private static void Run(byte[] input)
    {
        var end = Array.IndexOf(input, (byte)'\n');
        var head = Encoding.Latin1.GetString(end < 0 ? input : input.AsSpan(0, end)).Split(' ');
        if (head.Length < 2 || head[0] is not ("GET" or "POST" or "PUT" or "PATCH" or "DELETE") || !head[1].StartsWith("/api", StringComparison.Ordinal)
            || head[1].Contains("watch", StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(Client.BaseAddress, head[1], out var url) || url.Host != Client.BaseAddress!.Host)
        {
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(head[0]), head[0] == "GET" ? url.PathAndQuery : $"{url.PathAndQuery}{(url.Query.Length > 0 ? '&' : '?')}dryRun=All");
        if (head[0] != "GET")
        {
            request.Content = new ByteArrayContent(end < 0 ? [] : input[(end + 1)..]);
            if (head.Length > 2 && MediaTypeHeaderValue.TryParse(head[2], out var type))
            {
                request.Content.Headers.ContentType = type;
            }
        }

        using var response = Client.Send(request);
        using var reader = new StreamReader(response.Content.ReadAsStream());
        var text = reader.ReadToEnd();
        if (response.StatusCode == HttpStatusCode.BadRequest && text.Length == 0)
        {
            // No request at all, as HTTP has it: nobody has seen it yet.
            return;
        }

        if (response.Content.Headers.ContentType?.MediaType is not ("application/json" or "text/plain"))
        {
            throw new InvalidOperationException($"{(int)response.StatusCode} {response.Content.Headers.ContentType}: {text}");
        }

        if (response.Content.Headers.ContentType.MediaType == "application/json" && JsonReader.Read(text).Result is not MapValue)
        {
            throw new InvalidOperationException($"{(int)response.StatusCode} is no object: {text}");
        }

        if ((int)response.StatusCode >= 500 && text.Contains("Exception", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{(int)response.StatusCode}: {text}");
        }
    }
}
