namespace Weir.Benchmarks;

/// <summary>An application as Flux's own benchmark has it: a Deployment without replicas, a ServiceAccount, a Service and an Ingress.</summary>
internal static class ApplicationFiles
{
    /// <summary>Writes the plain manifests.</summary>
    public static void WriteManifests(string folder, string version = "1.0.0")
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "app.yaml"), Manifests("app", version));
        File.WriteAllText(Path.Combine(folder, "kustomization.yaml"), "resources: [app.yaml]\n");
    }

    /// <summary>Writes a chart that renders the same.</summary>
    public static void WriteChart(string folder, string version = "1.0.0")
    {
        Directory.CreateDirectory(Path.Combine(folder, "templates"));
        File.WriteAllText(Path.Combine(folder, "Chart.yaml"), $"apiVersion: v2\nname: app\nversion: {version}\nappVersion: {version}\n");
        File.WriteAllText(Path.Combine(folder, "values.yaml"), "replicas: 0\n");
        File.WriteAllText(Path.Combine(folder, "templates", "app.yaml"), Manifests("{{ .Release.Name }}-app", "{{ .Chart.AppVersion }}"));
    }

    private static string Manifests(string name, string version) => $$"""
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: {{name}}
          labels:
            app.kubernetes.io/name: {{name}}
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: {{name}}
          labels:
            app.kubernetes.io/name: {{name}}
        spec:
          type: ClusterIP
          selector:
            app.kubernetes.io/name: {{name}}
          ports:
            - name: http
              port: 9898
              targetPort: http
            - name: grpc
              port: 9999
              targetPort: grpc
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {{name}}
          labels:
            app.kubernetes.io/name: {{name}}
            app.kubernetes.io/version: "{{version}}"
        spec:
          replicas: 0
          selector:
            matchLabels:
              app.kubernetes.io/name: {{name}}
          template:
            metadata:
              labels:
                app.kubernetes.io/name: {{name}}
              annotations:
                prometheus.io/scrape: "true"
                prometheus.io/port: "9797"
            spec:
              serviceAccountName: {{name}}
              containers:
                - name: app
                  image: registry.example.com/app:{{version}}
                  imagePullPolicy: IfNotPresent
                  command: [./app, --port=9898, --port-metrics=9797, --grpc-port=9999, --level=info]
                  env:
                    - name: COLOR
                      value: "#34577c"
                  ports:
                    - name: http
                      containerPort: 9898
                      protocol: TCP
                    - name: http-metrics
                      containerPort: 9797
                      protocol: TCP
                    - name: grpc
                      containerPort: 9999
                      protocol: TCP
                  livenessProbe:
                    httpGet:
                      path: /healthz
                      port: http
                    initialDelaySeconds: 1
                    timeoutSeconds: 5
                  readinessProbe:
                    httpGet:
                      path: /readyz
                      port: http
                    initialDelaySeconds: 1
                    timeoutSeconds: 5
                  resources:
                    limits:
                      cpu: 1000m
                      memory: 128Mi
                    requests:
                      cpu: 100m
                      memory: 32Mi
                  volumeMounts:
                    - name: data
                      mountPath: /data
              volumes:
                - name: data
                  emptyDir: {}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: {{name}}
          labels:
            app.kubernetes.io/name: {{name}}
        spec:
          ingressClassName: nginx
          rules:
            - host: {{name}}.example.com
              http:
                paths:
                  - path: /
                    pathType: Prefix
                    backend:
                      service:
                        name: {{name}}
                        port:
                          number: 9898

        """;
}
