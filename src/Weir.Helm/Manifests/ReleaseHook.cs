using Weir.Values;

namespace Weir.Helm;

/// <summary>A document that runs at an event of a release instead of being part of it.</summary>
public sealed record ReleaseHook
{
    public const string EventsAnnotation = "helm.sh/hook";

    public const string WeightAnnotation = "helm.sh/hook-weight";

    public const string DeletePolicyAnnotation = "helm.sh/hook-delete-policy";

    public const string OutputLogPolicyAnnotation = "helm.sh/hook-output-log-policy";

    public required string Name { get; init; }

    public required string Kind { get; init; }

    /// <summary>The template's path.</summary>
    public required string Source { get; init; }

    /// <summary>The document as written.</summary>
    public required string Text { get; init; }

    public MapValue? Object { get; init; }

    /// <summary>When it runs: <c>pre-install</c>, <c>post-upgrade</c>, <c>test</c> and so on.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Hooks of one event run in ascending order of weight, then of name.</summary>
    public int Weight { get; init; }

    /// <summary><c>before-hook-creation</c>, <c>hook-succeeded</c>, <c>hook-failed</c>; empty means the first.</summary>
    public IReadOnlyList<string> DeletePolicies { get; init; } = [];

    public IReadOnlyList<string> OutputLogPolicies { get; init; } = [];

    /// <summary>How it went when it last ran.</summary>
    public HookExecution LastRun { get; init; } = HookExecution.None;

    public bool IsTest => Events.Contains("test");

    /// <summary>The hooks of one event in the order in which they run.</summary>
    public static IReadOnlyList<ReleaseHook> InOrder(IEnumerable<ReleaseHook> hooks, string @event) =>
        [.. hooks.Where(h => h.Events.Contains(@event)).OrderBy(h => h.Weight).ThenBy(h => h.Name, GoString.Comparer)];
}
