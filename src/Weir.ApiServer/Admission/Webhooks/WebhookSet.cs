using System.Runtime.CompilerServices;
using Weir.ApiServer.Storage;

namespace Weir.ApiServer.Admission;

/// <summary>The webhooks of all configurations of one kind, in the order of their configurations' names.</summary>
internal sealed class WebhookSet(ResourceTable configurations)
{
    private readonly ConditionalWeakTable<StoredObject, IReadOnlyList<Webhook>> _read = [];
    private readonly Lock _lock = new();
    private ObjectSet? _seen;
    private IReadOnlyList<Webhook> _current = [];

    public IReadOnlyList<Webhook> Current
    {
        get
        {
            var now = configurations.Objects;
            if (now.Count == 0)
            {
                return [];
            }

            lock (_lock)
            {
                if (!ReferenceEquals(now, _seen))
                {
                    _current = [.. now.List(null).SelectMany(i => _read.GetValue(i, static i => Webhook.Read(i.Decode())))];
                    _seen = now;
                }

                return _current;
            }
        }
    }
}
