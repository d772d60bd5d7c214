using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>
/// Asks the admission webhooks of users about writes, as kube-apiserver 1.36 does. Only what listens on loopback is called; a write that
/// another one would see is warned of, or refused when the server was asked to and the webhook may not be passed over.
/// </summary>
internal sealed class AdmissionWebhooks(ObjectStore store, AdmissionWorld world, bool refusesUnreachable) : IDisposable
{
    private const string Group = "admissionregistration.k8s.io";

    private readonly WebhookSet _mutating = new(store.Table($"mutatingwebhookconfigurations.{Group}"));
    private readonly WebhookSet _validating = new(store.Table($"validatingwebhookconfigurations.{Group}"));
    private readonly WebhookCaller _caller = new();

    public bool Mutates => _mutating.Current.Count > 0;

    public bool Validates => _validating.Current.Count > 0;

    public void Dispose() => _caller.Dispose();

    /// <summary>The object as mutating webhooks leave it; <paramref name="complete"/> fills in the defaults of a version.</summary>
    public async Task<MapValue> MutateAsync(
        AdmissionRequest request, MutatingRounds rounds, Func<MapValue, string, MapValue> complete, Action<string> warn, CancellationToken cancellation)
    {
        var value = request.Object!;
        foreach (var webhook in _mutating.Current)
        {
            var current = request with { Object = value };
            if (Sees(webhook, current, cancellation) is not { } version || rounds.Skips(webhook) || Reach(webhook, warn) is not { } address)
            {
                continue;
            }

            var seen = current.In(version);
            var answer = await AskAsync(webhook, address, seen, warn, cancellation).ConfigureAwait(false);
            if (answer?.Patch is { Count: > 0 } patch)
            {
                var patched = complete(Patched(webhook, seen.Object!, patch), version);
                if (!Value.DeepEquals(patched, seen.Object))
                {
                    rounds.Changed();
                    value = version == request.Kind.Version ? patched : request.Convert!(patched, request.Kind.Version);
                }
            }

            rounds.Asked(webhook);
        }

        return value;
    }

    /// <summary>Refuses what a validating webhook does not admit. They are asked at the same time.</summary>
    public async Task ValidateAsync(AdmissionRequest request, Action<string> warn, CancellationToken cancellation)
    {
        var asked = new List<Task>();
        var warnings = new List<string>();
        foreach (var webhook in _validating.Current)
        {
            if (Sees(webhook, request, cancellation) is { } version && Reach(webhook, warn) is { } address)
            {
                asked.Add(AskAsync(webhook, address, request.In(version), Warn, cancellation));
            }
        }

        try
        {
            await Task.WhenAll(asked).ConfigureAwait(false);
        }
        finally
        {
            warnings.ForEach(warn);
        }

        void Warn(string text)
        {
            lock (warnings)
            {
                warnings.Add(text);
            }
        }
    }

    /// <summary>The version in which a webhook is to see a request; <see langword="null"/> when it is not.</summary>
    private string? Sees(Webhook webhook, AdmissionRequest request, CancellationToken cancellation)
    {
        if (webhook.Matching.MatchedVersion(request, world) is not { } version)
        {
            return null;
        }

        return webhook.Conditions.Match(request.In(version), world, cancellation, out var error) switch
        {
            true => version,
            false => null,
            null => throw ApiStatus.Forbidden(request.Kind.Group, request.Resource, request.Name, error).ToException(),
        };
    }

    private WebhookAddress? Reach(Webhook webhook, Action<string> warn)
    {
        var address = WebhookAddress.Of(webhook.Client, store);
        if (address.IsReachable)
        {
            return address;
        }

        var what = $"{address.Text} is not on this machine's loopback";
        if (refusesUnreachable && !webhook.IsIgnoringFailures)
        {
            throw ApiStatus.InternalError($"failed calling webhook {ApiStatus.Quote(webhook.Name)}: failed to call webhook: {what}").ToException();
        }

        warn($"admission webhook {ApiStatus.Quote(webhook.Name)} was not called: {what}");
        return null;
    }

    /// <summary>What the webhook answers when it admits; <see langword="null"/> when it failed and may be passed over.</summary>
    private async Task<WebhookAnswer?> AskAsync(
        Webhook webhook, WebhookAddress address, AdmissionRequest request, Action<string> warn, CancellationToken cancellation)
    {
        WebhookAnswer answer;
        try
        {
            answer = await _caller.CallAsync(webhook, address, request, cancellation).ConfigureAwait(false);
        }
        catch (WebhookFailure failure)
        {
            return webhook.IsIgnoringFailures
                ? null
                : throw ApiStatus.InternalError($"failed calling webhook {ApiStatus.Quote(webhook.Name)}: {failure.Message}").ToException();
        }

        foreach (var warning in answer.Warnings)
        {
            warn(warning);
        }

        return answer.IsAllowed ? answer : throw Denied(webhook, answer.Result).ToException();
    }

    private static MapValue Patched(Webhook webhook, MapValue value, ListValue patch)
    {
        var result = JsonPatch.Apply(value.DeepClone(), patch);
        return result.IsApplied
            ? result.Value as MapValue ?? throw ApiStatus.InternalError($"admission webhook {ApiStatus.Quote(webhook.Name)} left no object").ToException()
            : throw ApiStatus.InternalError(result.Error.Message).ToException();
    }

    /// <summary>The Status of a refusal is the webhook's own, its message led by who denied.</summary>
    private static ApiStatus Denied(Webhook webhook, MapValue result)
    {
        var (message, reason) = (result.GetString("message") ?? "", result.GetString("reason") ?? "");
        var why = message.Length > 0 ? $": {message}" : reason.Length > 0 ? $": {reason}" : " without explanation";
        var details = result.GetMap("details");
        return new((int)Math.Clamp(result.GetInt("code") ?? 0, 400, 599), reason, $"admission webhook {ApiStatus.Quote(webhook.Name)} denied the request{why}")
        {
            Details = details is null ? null : new StatusDetails
            {
                Name = details.GetString("name") ?? "",
                Group = details.GetString("group") ?? "",
                Kind = details.GetString("kind") ?? "",
                Uid = details.GetString("uid") ?? "",
                RetryAfterSeconds = (int)Math.Clamp(details.GetInt("retryAfterSeconds") ?? 0, 0, int.MaxValue),
                Causes = [.. (details.GetList("causes") ?? []).OfType<MapValue>()
                    .Select(static c => new StatusCause(c.GetString("reason") ?? "", c.GetString("message") ?? "", c.GetString("field") ?? ""))],
            },
        };
    }
}
