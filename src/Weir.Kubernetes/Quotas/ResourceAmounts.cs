using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Amounts by the names of resources: what a quota allows, what is used, what an object takes. Empty is nothing.</summary>
public sealed class ResourceAmounts : SortedDictionary<string, Quantity>
{
    public ResourceAmounts()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>Reads a ResourceList; what is no quantity is left out.</summary>
    public static ResourceAmounts Read(MapValue? value)
    {
        var amounts = new ResourceAmounts();
        foreach (var (name, amount) in value ?? [])
        {
            if (Quantity.TryParse(amount.ToString() ?? "", out var quantity, out _))
            {
                amounts[name] = quantity;
            }
        }

        return amounts;
    }

    /// <summary>A ResourceList, by name.</summary>
    public MapValue Write() => new(this.Select(static e => new KeyValuePair<string, Value>(e.Key, e.Value.ToString())));

    public void Add(ResourceAmounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (name, amount) in other)
        {
            this[name] = TryGetValue(name, out var own) ? own + amount : amount;
        }
    }

    /// <summary>What goes beyond another, name by name; nothing where it is less.</summary>
    public ResourceAmounts Beyond(ResourceAmounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var rest = new ResourceAmounts();
        foreach (var (name, amount) in this)
        {
            var difference = other.TryGetValue(name, out var less) ? amount - less : amount;
            if (difference.Sign > 0)
            {
                rest[name] = difference;
            }
        }

        return rest;
    }

    /// <summary>The larger amount of each name.</summary>
    public void Raise(ResourceAmounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (name, amount) in other)
        {
            if (!TryGetValue(name, out var own) || own < amount)
            {
                this[name] = amount;
            }
        }
    }

    public ResourceAmounts Only(Func<string, bool> isWanted)
    {
        var some = new ResourceAmounts();
        foreach (var (name, amount) in this)
        {
            if (isWanted(name))
            {
                some[name] = amount;
            }
        }

        return some;
    }

    /// <summary><c>limits.cpu=1,pods=2</c>.</summary>
    public override string ToString() => string.Join(',', this.Select(static e => $"{e.Key}={e.Value}"));
}
