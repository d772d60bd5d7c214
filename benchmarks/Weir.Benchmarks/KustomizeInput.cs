using System.Globalization;
using System.Text;

namespace Weir.Benchmarks;

/// <summary>Kustomizations to measure with, made up of applications that look alike.</summary>
internal static class KustomizeInput
{
    private const int Applications = 1000;

    private const string Application = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: app-@
          labels:
            app: app-@
        spec:
          replicas: 1
          selector:
            matchLabels:
              app: app-@
          template:
            metadata:
              labels:
                app: app-@
            spec:
              serviceAccountName: account-@
              containers:
              - name: main
                image: ghcr.io/org/app-@:v1.2.3
                env:
                - name: A
                  valueFrom:
                    configMapKeyRef:
                      name: settings-@
                      key: a
                ports:
                - containerPort: 8080
                resources:
                  limits:
                    cpu: 500m
                    memory: 128Mi
              volumes:
              - name: config
                configMap:
                  name: settings-@
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: app-@
        spec:
          selector:
            app: app-@
          ports:
          - port: 80
            targetPort: 8080
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings-@
        data:
          a: "1"
          b: hello world
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: account-@
        """;

    private const string Transformers = """
        namespace: production
        namePrefix: x-
        labels:
        - pairs: {team: a, env: production}
          includeSelectors: true
        commonAnnotations: {note: hello}
        images:
        - name: ghcr.io/org/app-1
          newTag: v2
        patches:
        - target: {kind: Deployment}
          patch: |
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: any}
            spec: {template: {spec: {containers: [{name: sidecar, image: "side:1"}]}}}
        - target: {kind: Service}
          patch: |
            - {op: add, path: /metadata/annotations/x, value: y}
        replacements:
        - source: {kind: ConfigMap, name: settings-0, fieldPath: data.b}
          targets:
          - select: {kind: ConfigMap}
            fieldPaths: [data.c]
            options: {create: true}
        resources:

        """;

    /// <summary>A directory with a file for each of 1,000 applications of four resources, and one of every kind of transformer.</summary>
    public static void WriteLarge(string folder)
    {
        Directory.CreateDirectory(folder);
        var kustomization = new StringBuilder(Transformers);
        for (var i = 0; i < Applications; i++)
        {
            File.WriteAllText(Path.Combine(folder, $"app-{i}.yaml"), Numbered(Application, i));
            kustomization.Append(CultureInfo.InvariantCulture, $"- app-{i}.yaml\n");
        }

        File.WriteAllText(Path.Combine(folder, "kustomization.yaml"), kustomization.ToString());
    }

    /// <summary>One base and many overlays of it: <c>o0</c>, <c>o1</c> and so on.</summary>
    public static void WriteOverlays(string folder, int count)
    {
        Write(Path.Combine(folder, "base"), "resources: [app.yaml]\n");
        File.WriteAllText(Path.Combine(folder, "base", "app.yaml"), Numbered(Application, 0));
        for (var i = 0; i < count; i++)
        {
            Write(Path.Combine(folder, $"o{i}"), Numbered(
                """
                resources: [../base]
                namePrefix: o@-
                namespace: n@
                configMapGenerator:
                - name: settings-0
                  behavior: merge
                  literals: [a=@]
                patches:
                - target: {kind: Deployment}
                  patch: |
                    - {op: replace, path: /spec/replicas, value: @}
                """,
                i));
        }
    }

    private static void Write(string folder, string kustomization)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "kustomization.yaml"), kustomization);
    }

    private static string Numbered(string text, int number) => text.Replace("@", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
