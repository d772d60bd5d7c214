using System.Globalization;

namespace Weir.Benchmarks;

/// <summary>Writes a fleet of any size into a Git repository: releases of one chart and plain Kustomizations, spread over clusters.</summary>
internal static class SyntheticFleet
{
    /// <summary>Writes and commits it.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="clusters">How many clusters.</param>
    /// <param name="applications">How many applications in all: every second one is a HelmRelease with its own Kustomization beside it.</param>
    public static void Write(string folder, int clusters, int applications)
    {
        BenchmarkRepository.Git(folder, "init", "--quiet", "--initial-branch=main");
        Chart(folder);
        for (var i = 0; i < applications; i++)
        {
            var cluster = string.Create(CultureInfo.InvariantCulture, $"c{i % clusters}");
            var name = string.Create(CultureInfo.InvariantCulture, $"app-{i}");
            File(folder, $"clusters/{cluster}/{name}.yaml", $$"""
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: {{name}}, namespace: apps}
                spec:
                  interval: 10m
                  chart:
                    spec:
                      chart: ./charts/app
                      sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}
                  values:
                    name: {{name}}
                    replicas: {{i % 5}}
                    image: registry.example.org/{{name}}:1.{{i}}
                """);
        }

        BenchmarkRepository.Commit(folder, "fleet");
    }

    private static void Chart(string folder)
    {
        File(folder, "charts/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        File(folder, "charts/app/values.yaml", "replicas: 1\nname: app\nimage: nginx\n");
        File(folder, "charts/app/templates/_helpers.tpl", """
            {{- define "app.labels" -}}
            app.kubernetes.io/name: {{ .Values.name }}
            app.kubernetes.io/instance: {{ .Release.Name }}
            helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
            {{- end }}
            """);
        File(folder, "charts/app/templates/all.yaml", """
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              name: {{ .Values.name }}
              labels: {{- include "app.labels" . | nindent 4 }}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: {{ .Values.name }}
              labels: {{- include "app.labels" . | nindent 4 }}
            data:
            {{- range $i := until 20 }}
              key-{{ $i }}: {{ printf "%s-%d" $.Values.name $i | b64enc | quote }}
            {{- end }}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {{ .Values.name }}
              labels: {{- include "app.labels" . | nindent 4 }}
              annotations:
                checksum/values: {{ .Values | toYaml | sha256sum }}
            spec:
              replicas: {{ .Values.replicas }}
              selector:
                matchLabels:
                  app: {{ .Values.name }}
              template:
                metadata:
                  labels:
                    app: {{ .Values.name }}
                spec:
                  containers:
                  - name: app
                    image: {{ .Values.image }}
                    env:
                    {{- range $k, $v := .Values }}
                    - name: {{ $k | upper }}
                      value: {{ $v | quote }}
                    {{- end }}
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: {{ .Values.name }}
              labels: {{- include "app.labels" . | nindent 4 }}
            spec:
              ports: [{port: 80}]
              selector: {app: {{ .Values.name }}}
            """);
    }

    private static void File(string folder, string path, string text)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, text.EndsWith('\n') ? text : text + "\n");
    }
}
