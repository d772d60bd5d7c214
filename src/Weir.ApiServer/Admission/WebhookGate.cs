using System.Runtime.CompilerServices;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>
/// Admission webhooks are declared, not called: nothing runs them beside an embedded API. A write that one would see is warned of,
/// or refused when the server was asked to and the webhook may not be passed over.
/// </summary>
internal sealed class WebhookGate(ObjectStore store, AdmissionWorld world, bool refuses)
{
    private readonly ResourceTable _mutating = store.Table("mutatingwebhookconfigurations.admissionregistration.k8s.io");
    private readonly ResourceTable _validating = store.Table("validatingwebhookconfigurations.admissionregistration.k8s.io");
    private readonly ConditionalWeakTable<StoredObject, IReadOnlyList<Webhook>> _read = [];

    private sealed record Webhook(string Name, bool MayFail, AdmissionMatching Matching);

    public bool IsIdle => _mutating.Objects.Count + _validating.Objects.Count == 0;

    public void Check(AdmissionRequest request, Action<string> warn)
    {
        foreach (var table in (ReadOnlySpan<ResourceTable>)[_mutating, _validating])
        {
            foreach (var item in table.Objects.List(null))
            {
                foreach (var webhook in _read.GetValue(item, static i => Read(i.Decode())))
                {
                    if (!webhook.Matching.Matches(request, world))
                    {
                        continue;
                    }

                    if (refuses && !webhook.MayFail)
                    {
                        throw ApiStatus.InternalError($"failed calling webhook {ApiStatus.Quote(webhook.Name)}: an embedded API calls no webhooks").ToException();
                    }

                    warn($"admission webhook {ApiStatus.Quote(webhook.Name)} was not called: an embedded API calls no webhooks");
                }
            }
        }
    }

    private static IReadOnlyList<Webhook> Read(MapValue configuration)
    {
        var webhooks = new List<Webhook>();
        foreach (var webhook in (configuration.GetList("webhooks") ?? []).OfType<MapValue>())
        {
            // Without rules a webhook sees nothing, where a policy would see all.
            if (webhook.GetList("rules") is not { Count: > 0 } rules)
            {
                continue;
            }

            var matching = webhook.ShallowClone();
            matching["resourceRules"] = rules;
            webhooks.Add(new(webhook.GetString("name") ?? "", webhook.GetString("failurePolicy") == "Ignore", new AdmissionMatching(matching)));
        }

        return webhooks;
    }
}
