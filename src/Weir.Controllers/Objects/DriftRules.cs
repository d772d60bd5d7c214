using System.Text.RegularExpressions;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Turns <c>ignore</c> rules into what the apply engine understands.</summary>
internal static class DriftRules
{
    public static IReadOnlyList<DriftIgnoreRule> Of(FieldList<IgnoreRule>? rules)
    {
        var list = new List<DriftIgnoreRule>();
        foreach (var rule in rules ?? [])
        {
            var target = rule.Target;
            list.Add(new([.. rule.Paths ?? []], value => target is null || Matches(target, value)));
        }

        return list;
    }

    /// <summary>True when the object is chosen; names and kinds are anchored regular expressions.</summary>
    public static bool Matches(ObjectSelector target, MapValue value)
    {
        var kind = value.GroupVersionKind();
        return Fits(target.Group, kind.Group)
            && Fits(target.Version, kind.Version)
            && Fits(target.Kind, kind.Kind)
            && Fits(target.Name, value.Name())
            && Fits(target.Namespace, value.Namespace())
            && FitsLabels(target.LabelSelector, value.GetMap("metadata")?.GetMap("labels"))
            && FitsLabels(target.AnnotationSelector, value.GetMap("metadata")?.GetMap("annotations"));
    }

    private static bool Fits(string? pattern, string text) =>
        string.IsNullOrEmpty(pattern)
        || Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static bool FitsLabels(string? selector, MapValue? labels) =>
        string.IsNullOrEmpty(selector) || LabelSelectorText.Matches(selector, labels);
}
