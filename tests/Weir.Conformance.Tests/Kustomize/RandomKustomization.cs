using System.Text;

namespace Weir.Conformance.Tests.Kustomize;

/// <summary>A base, a component and an overlay, each with some of the fields that kustomize has; the same for the same seed.</summary>
internal sealed class RandomKustomization(int seed)
{
    private const string Resources = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          labels: {app: web, tier: "1"}
        spec:
          replicas: 1
          selector:
            matchLabels: {app: web}
          template:
            metadata:
              labels: {app: web}
            spec:
              serviceAccountName: web
              containers:
              - name: main
                image: nginx:1.2
                env:
                - name: A
                  value: "yes"
                - name: B
                  valueFrom:
                    configMapKeyRef: {name: settings, key: b}
                ports:
                - containerPort: 80
              - name: side
                image: registry.example.com:5000/side@sha256:aaaa
                envFrom:
                - secretRef: {name: passwords}
              volumes:
              - name: data
                configMap:
                  name: settings
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, annotations: {note: "x: y"}}
        spec:
          selector: {app: web}
          ports:
          - {port: 80, name: http}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: web}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: web, namespace: other}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects:
        - {kind: ServiceAccount, name: web, namespace: other}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: plain}
        data:
          number: "0123"
          text: |
            one
            two
          float: "1.10"
        ---
        apiVersion: example.com/v1
        kind: Thing
        metadata: {name: thing}
        spec:
          list: [{name: a, value: 1.50}, {name: b}]
          template: {spec: {containers: [{name: c, image: "nginx:1.2"}]}}
          big: 12345678901234567890
          "on": on

        """;

    private static readonly string[] Fields =
    [
        "namePrefix: p-",
        "nameSuffix: -s",
        "namespace: live",
        "labels:\n- pairs: {team: a, app: renamed}\n  includeSelectors: true",
        "labels:\n- pairs: {team: \"5\"}\n  includeTemplates: true\n- pairs: {only: metadata}",
        "commonAnnotations: {note: \"true\", long: \"a very long text that goes on and on, so that it is wider than the lines that a writer would fold\"}",
        "images:\n- {name: nginx, newName: mirror/nginx, newTag: \"1.10\"}\n- {name: \"registry.example.com:5000/side\", digest: \"sha256:bbbb\"}",
        "replicas:\n- {name: web, count: 4}",
        "configMapGenerator:\n- name: settings\n  literals: [b=1, \"c='quoted'\", d=]\nsecretGenerator:\n- name: passwords\n  type: Opaque\n  literals: [k=v]",
        "generatorOptions: {disableNameSuffixHash: true, labels: {made: here}}",
        "patches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web}\n    spec:\n      replicas: 7\n      template:\n        spec:\n          containers:\n          - name: new\n            image: new:1\n          - name: side\n            $patch: delete\n",
        "patches:\n- target: {kind: Service|Deployment}\n  patch: |\n    - {op: add, path: /metadata/labels, value: {patched: \"yes\"}}\n    - {op: add, path: /spec/extra, value: [1, 2.5, null, \"3\"]}\n",
        "patches:\n- target: {labelSelector: \"app in (web),tier\"}\n  patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: any, annotations: {a: \"1\"}}\n    spec: {template: {spec: {containers: [{name: main, env: [{name: A, value: no}, {name: C, value: \"\"}]}]}}}\n",
        "replacements:\n- source: {kind: ConfigMap, name: plain, fieldPath: data.float}\n  targets:\n  - select: {kind: Deployment}\n    fieldPaths: [\"spec.template.spec.containers.[name=main].env.[name=A].value\", metadata.labels.copied]\n    options: {create: true}",
        "replacements:\n- source: {kind: Deployment, fieldPath: \"spec.template.spec.containers.0.image\", options: {delimiter: \":\", index: 1}}\n  targets:\n  - select: {kind: Thing}\n    fieldPaths: [spec.version, \"spec.list.[name=b].value\"]\n    options: {create: true}",
        "buildMetadata: [originAnnotations, transformerAnnotations]",
        "sortOptions: {order: fifo}",
        "sortOptions: {order: legacy, legacySortOptions: {orderFirst: [Service], orderLast: [Deployment]}}",
        "transformers:\n- |\n  apiVersion: builtin\n  kind: NamespaceTransformer\n  metadata: {name: n, namespace: unset}\n  unsetOnly: true\n  setRoleBindingSubjects: allServiceAccounts",
        "transformers:\n- |\n  apiVersion: builtin\n  kind: LabelTransformer\n  metadata: {name: l}\n  labels: {deep: x}\n  fieldSpecs: [{path: spec/template/metadata/labels, create: true, kind: Thing}]",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Paths and texts; <c>overlay</c> is what is built.</summary>
    public IEnumerable<(string Path, string Text)> Files()
    {
        yield return ("base/resources.yaml", Resources);
        yield return ("base/kustomization.yaml", "resources: [resources.yaml]\n" + Some(0.12));
        yield return ("component/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n" + Some(0.1, isComponent: true));
        var usesComponent = _random.Next(2) == 0;
        yield return ("overlay/kustomization.yaml", "resources: [../base]\n" + (usesComponent ? "components: [../component]\n" : "") + Some(0.25));
    }

    private string Some(double share, bool isComponent = false)
    {
        var text = new StringBuilder();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in Fields)
        {
            var name = field[..field.IndexOf(':', StringComparison.Ordinal)];
            var isTaken = _random.NextDouble() < share;
            if (isTaken && taken.Add(name) && !(isComponent && name == "sortOptions"))
            {
                text.Append(field).Append('\n');
            }
        }

        return text.Length == 0 ? "namePrefix: x-\n" : text.ToString();
    }
}
