using System.Text.RegularExpressions;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>Finds variables of <c>postBuild</c> that reached an object unreplaced.</summary>
internal static partial class UnresolvedVariables
{
    /// <summary>The first variable that a change brings; <see langword="null"/> when there is none. Scripts are left alone.</summary>
    public static (string Path, string Name)? Find(ObjectChange change)
    {
        if (change.After is not { } after
            || (after.GroupVersionKind() is { Group: "", Kind: "ConfigMap" or "Secret" })
            || string.Equals(after.Annotation("kustomize.toolkit.fluxcd.io/substitute"), "disabled", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var fields = change.Kind == ChangeKind.Created ? ValueComparison.Compare([], after) : change.Fields;
        foreach (var field in fields)
        {
            if (field.After is not null && Search(field.After, field.Path) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static (string Path, string Name)? Search(Value value, string path)
    {
        switch (value)
        {
            case StringValue text:
                return Variable().Match(text.Value) is { Success: true } match && !path.Contains("args", StringComparison.Ordinal) && !path.Contains("command", StringComparison.Ordinal)
                    ? (path, match.Value)
                    : null;
            case MapValue map:
                foreach (var (key, item) in map)
                {
                    if (Search(item, path.Length == 0 ? key : $"{path}.{key}") is { } found)
                    {
                        return found;
                    }
                }

                return null;
            case ListValue list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (Search(list[i], $"{path}[{i}]") is { } found)
                    {
                        return found;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    [GeneratedRegex(@"\$\{[A-Z_][A-Z0-9_]*(:?[-=?+][^}]*)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
