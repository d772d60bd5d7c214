namespace Weir.Yaml.Composing;

/// <summary>go-yaml's guard against documents that grow through aliases, with a ceiling of our own.</summary>
internal sealed class AliasBudget(int maxAliasNodes)
{
    private const int LowNodes = 400_000;
    private const int HighNodes = 4_000_000;

    private int _aliasNodes;

    /// <summary>Nodes decoded so far, aliases expanded.</summary>
    public int Nodes { get; set; } = 1;

    /// <summary>False when one more alias of this size is too much.</summary>
    public bool TrySpend(int nodes)
    {
        if (nodes > maxAliasNodes - _aliasNodes)
        {
            return false;
        }

        _aliasNodes += nodes;
        Nodes += nodes;
        return _aliasNodes <= 100 || Nodes <= 1000 || (double)_aliasNodes / Nodes <= AllowedRatio();
    }

    /// <summary>Small documents may consist of aliases nearly alone, large ones by a tenth.</summary>
    private double AllowedRatio() => Nodes switch
    {
        <= LowNodes => 0.99,
        >= HighNodes => 0.10,
        _ => 0.99 - (0.89 * ((Nodes - LowNodes) / (double)(HighNodes - LowNodes))),
    };
}
