using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>What annotations under <c>simulation.weir.dev/</c> ask of pods. Without any, a pod comes up at once and stays well.</summary>
internal sealed partial record SimulatedBehaviour
{
    public const string Prefix = "simulation.weir.dev/";
    public const string FailAnnotation = Prefix + "fail";
    public const string ReadyAfterAnnotation = Prefix + "ready-after";
    public const string ImagePull = "image-pull";
    public const string CrashLoop = "crash-loop";
    public const string NeverReady = "never-ready";
    public const string Quota = "quota";

    public static SimulatedBehaviour Healthy { get; } = new();

    /// <summary>One of the failures above, or empty.</summary>
    public string Failure { get; init; } = "";

    /// <summary>From the start of the containers until they are ready, or until a pod that ends has done its work.</summary>
    public TimeSpan ReadyAfter { get; init; }

    /// <summary>The first object that says something counts: a pod before the template of its workload, that before the workload.</summary>
    public static SimulatedBehaviour Of(params ReadOnlySpan<MapValue?> objects)
    {
        string? failure = null, after = null;
        foreach (var value in objects)
        {
            failure ??= value?.Annotation(FailAnnotation);
            after ??= value?.Annotation(ReadyAfterAnnotation);
        }

        return failure is null && after is null
            ? Healthy
            : new SimulatedBehaviour { Failure = failure ?? "", ReadyAfter = after is null ? TimeSpan.Zero : ParseDuration(after) };
    }

    /// <summary>True when the annotations of an object may have changed, by its bytes alone.</summary>
    public static bool MayConcern(Storage.ObjectEvent change) => Mentions(change.Previous) || Mentions(change.Current);

    private static bool Mentions(Storage.StoredObject? item) => item is not null && item.Json.AsSpan().IndexOf("simulation.weir.dev/"u8) >= 0;

    /// <summary>A duration as Go writes it; text that is none counts as no wait.</summary>
    private static TimeSpan ParseDuration(string text)
    {
        var total = TimeSpan.Zero;
        foreach (Match match in DurationParts().Matches(text))
        {
            var number = double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            total += match.Groups[2].Value switch
            {
                "h" => TimeSpan.FromHours(number),
                "m" => TimeSpan.FromMinutes(number),
                "s" => TimeSpan.FromSeconds(number),
                _ => TimeSpan.FromMilliseconds(number),
            };
        }

        return total;
    }

    [GeneratedRegex("([0-9]{1,6}(?:\\.[0-9]{1,6})?)(ms|s|m|h)")]
    private static partial Regex DurationParts();
}
