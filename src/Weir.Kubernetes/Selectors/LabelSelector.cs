using System.Diagnostics.CodeAnalysis;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Which objects are meant, by their labels. Without requirements it is every object.</summary>
public sealed class LabelSelector
{
    public LabelSelector(IReadOnlyList<LabelRequirement> requirements) => Requirements = requirements;

    public static LabelSelector Everything { get; } = new([]);

    public IReadOnlyList<LabelRequirement> Requirements { get; }

    public bool IsEverything => Requirements.Count == 0;

    /// <summary>Reads <c>a=b,c in (d,e),!f,g&gt;1</c>; false with Kubernetes' message when it is malformed.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out LabelSelector? selector, out string error)
    {
        var parser = new LabelSelectorParser(text);
        selector = parser.Parse();
        error = parser.Error ?? "";
        return selector is not null;
    }

    /// <summary>
    /// Reads the <c>matchLabels</c> and <c>matchExpressions</c> of an object. An absent selector matches nothing and is
    /// <see langword="null"/>; an empty one matches everything.
    /// </summary>
    public static LabelSelector? Read(MapValue? selector)
    {
        if (selector is null)
        {
            return null;
        }

        var requirements = new List<LabelRequirement>();
        foreach (var (key, value) in selector.GetMap("matchLabels") ?? [])
        {
            requirements.Add(new(key, SelectorOperator.In, [(value as StringValue)?.Value ?? ""]));
        }

        foreach (var item in selector.GetList("matchExpressions") ?? [])
        {
            if (item is MapValue expression)
            {
                requirements.Add(new(
                    expression.GetString("key") ?? "",
                    expression.GetString("operator") switch
                    {
                        "In" => SelectorOperator.In,
                        "NotIn" => SelectorOperator.NotIn,
                        "Exists" => SelectorOperator.Exists,
                        _ => SelectorOperator.DoesNotExist,
                    },
                    [.. (expression.GetList("values") ?? []).OfType<StringValue>().Select(v => v.Value).Order(StringComparer.Ordinal)]));
            }
        }

        return new(requirements);
    }

    /// <summary>Whether these labels are meant; absent labels are none.</summary>
    public bool Matches(MapValue? labels) => Matches(key => labels?.GetString(key));

    /// <summary>The same for labels that are looked up.</summary>
    public bool Matches(Func<string, string?> label)
    {
        foreach (var requirement in Requirements)
        {
            if (!requirement.Matches(label(requirement.Key)))
            {
                return false;
            }
        }

        return true;
    }
}
