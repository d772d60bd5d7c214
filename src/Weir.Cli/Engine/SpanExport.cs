using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Weir.Controllers;

namespace Weir.Cli.Engine;

/// <summary>Sends a span of every reconciliation to a collector, as the standard <c>OTEL_</c> variables say.</summary>
internal static class SpanExport
{
    /// <summary>What sends; <see langword="null"/> when the environment names no collector. Disposing it sends what is left.</summary>
    public static IDisposable? Start(Func<string, string?> environment)
    {
        var exporter = environment("OTEL_TRACES_EXPORTER");
        var isWanted = exporter == "otlp"
            || (exporter is null or "" && (IsSet("OTEL_EXPORTER_OTLP_ENDPOINT") || IsSet("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")));
        if (!isWanted || string.Equals(environment("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return exporter is null or "" or "otlp" or "none"
                ? null
                : throw new CommandFailure($"OTEL_TRACES_EXPORTER '{exporter}' is not supported; it is otlp or none");
        }

        return Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(r =>
            {
                // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES are read by the package itself.
                if (!IsSet("OTEL_SERVICE_NAME"))
                {
                    r.AddService("weir");
                }
            })
            .AddSource(ControllerHost.TraceSource)
            .AddOtlpExporter()
            .Build();

        bool IsSet(string name) => !string.IsNullOrEmpty(environment(name));
    }
}
