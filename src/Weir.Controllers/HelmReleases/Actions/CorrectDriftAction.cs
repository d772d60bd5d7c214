using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Brings drifted objects back to the manifest.</summary>
internal sealed class CorrectDriftAction(IReadOnlyList<DriftedObject> drift) : HelmAction
{
    public override string Name => "correct cluster drift";

    public override HelmActionType Type => HelmActionType.CorrectDrift;

    public override TimeSpan Timeout(HelmReleaseRun run) => run.Timeout;

    public override async Task RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        run.Conditions.SetUnknown(ConditionTypes.Ready, Reasons.Progressing, "correcting cluster drift");
        var options = new WriteOptions { FieldManager = HelmReleaseServices.ControllerName };
        var done = new List<Change>();
        var problems = new List<string>();
        foreach (var item in drift.OrderBy(static d => d.IsGone ? 0 : 1).ThenBy(static d => d.Object.Key, Comparer<ObjectKey>.Create(ObjectOrder.Compare)))
        {
            var target = item.Object;
            try
            {
                if (item.IsGone)
                {
                    await run.Target.CreateAsync(target.Value, options, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await run.Target.PatchAsync(
                        target.Kind, target.Value.Namespace(), target.Value.Name(), PatchType.Json, item.Patch, options, cancellationToken).ConfigureAwait(false);
                }

                done.Add(new(target.Key, target.Kind.Version, item.IsGone ? ChangeAction.Created : ChangeAction.Configured));
            }
            catch (ApiException e)
            {
                // The end of a refusal holds the value, which for a Secret must not be told.
                var message = target.Kind.Kind == "Secret" && e.IsInvalid ? "the object is invalid" : e.Message;
                problems.Add($"{target.Key} {(item.IsGone ? "creation" : "patch")} failure: {message}");
            }
        }

        Tell(run, done, problems);
    }

    private static void Tell(HelmReleaseRun run, List<Change> done, List<string> problems)
    {
        var current = run.History.Latest!;
        if (problems.Count > 0)
        {
            var message = $"Failed to {(done.Count > 0 ? "partially " : "")}correct cluster state of release {current.FullName}:\n{string.Join('\n', problems)}"
                + (done.Count > 0 ? $"\n\nSuccessful corrections:\n{string.Join('\n', done)}" : "");
            run.Tell(EventSeverity.Error, HelmReleaseReasons.DriftCorrectionFailed, message, current);
        }
        else if (done.Count > 0)
        {
            run.Tell(
                EventSeverity.Info,
                HelmReleaseReasons.DriftCorrected,
                $"Cluster state of release {current.FullName} has been corrected:\n{string.Join('\n', done)}",
                current);
        }
    }
}
