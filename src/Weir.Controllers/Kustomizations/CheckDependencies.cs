using Weir.Flux;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Checks that everything in <c>dependsOn</c> is ready, and has this source's revision when it comes from the same source.</summary>
internal static class CheckDependencies
{
    public static async Task<StepResult> RunAsync(KustomizationRun run, CancellationToken cancellationToken)
    {
        foreach (var dependency in run.Spec.DependsOn ?? [])
        {
            ReadyExpression? ready = null;
            if (dependency.ReadyExpr is { Length: > 0 } text && ReadyExpression.Compile(text, out ready) is { } mistake)
            {
                return run.Stall(
                    Reasons.InvalidCelExpression, $"failed to evaluate dependency {dependency.Name}: {mistake}", run.Revision, run.OriginRevision);
            }

            if (await ProblemAsync(run, dependency, ready, cancellationToken).ConfigureAwait(false) is { } problem)
            {
                run.Fail(Reasons.DependencyNotReady, problem);
                run.Tell(
                    EventSeverity.Info,
                    $"Dependencies do not meet ready condition, retrying in {new FluxDuration(run.Services.DependencyRetry)}");
                return StepResult.Waiting;
            }
        }

        return StepResult.Done;
    }

    private static async Task<string?> ProblemAsync(
        KustomizationRun run, DependencyReference reference, ReadyExpression? ready, CancellationToken cancellationToken)
    {
        var space = string.IsNullOrEmpty(reference.Namespace) ? run.Space : reference.Namespace;
        var name = $"{space}/{reference.Name}";
        var kind = reference.KindIn(Kustomization.Kind);
        var live = await run.Services.Client.FindAsync(kind, space, reference.Name, cancellationToken).ConfigureAwait(false);
        if (live is null)
        {
            return $"dependency '{name}' not found: {kind.Kind.ToLowerInvariant()}s.{kind.Group} \"{reference.Name}\" not found";
        }

        if (ready is not null)
        {
            return ready.Problem(run.Object.Value, live, name);
        }

        var status = live.GetMap("status") ?? [];
        var conditions = new ConditionList(status, 0, run.Services.Settings.Time);
        if (live.GetMap("metadata")?.GetInt("generation") != status.GetInt("observedGeneration") || !conditions.IsTrue(ConditionTypes.Ready))
        {
            return await NotReady.ExplainAsync(run.Services.Client, run.Object.Value, live, name, cancellationToken).ConfigureAwait(false);
        }

        return kind == Kustomization.Kind && IsSameSource(run, live, space) && status.GetString("lastAppliedRevision") != run.Revision
            ? $"dependency '{name}' revision is not up to date"
            : null;
    }

    private static bool IsSameSource(KustomizationRun run, MapValue dependency, string space)
    {
        if (run.Spec.SourceRef is not { } mine || dependency.At("spec", "sourceRef") is not MapValue theirs)
        {
            return false;
        }

        return mine.Kind == theirs.GetString("kind")
            && mine.Name == theirs.GetString("name")
            && (string.IsNullOrEmpty(mine.Namespace) ? run.Space : mine.Namespace) == (theirs.GetString("namespace") ?? space);
    }
}
