namespace Weir.ApiServer.Admission;

/// <summary>Which mutating webhooks were asked about a write and which are to be asked once more.</summary>
internal sealed class MutatingRounds
{
    private readonly HashSet<Webhook> _asked = [];
    private readonly HashSet<Webhook> _again = [];

    /// <summary>The second round has begun: only webhooks that want it are asked.</summary>
    public bool IsSecond { get; private set; }

    /// <summary>Something changed after a webhook that wants to see it.</summary>
    public bool IsSecondNeeded { get; private set; }

    public bool Skips(Webhook webhook) => IsSecond && !_again.Contains(webhook);

    /// <summary>The object changed: all that were asked before and want it see it again.</summary>
    public void Changed()
    {
        IsSecondNeeded = true;
        _again.UnionWith(_asked);
        _asked.Clear();
    }

    public void Asked(Webhook webhook)
    {
        if (webhook.IsReinvoked)
        {
            _asked.Add(webhook);
        }
    }

    public void BeginSecond() => IsSecond = true;
}
