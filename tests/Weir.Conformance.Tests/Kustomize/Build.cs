using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Kustomize;
using Weir.Values;

namespace Weir.Conformance.Tests.Kustomize;

/// <summary>Builds a case as <c>weir kustomize</c> does and compares it with what kustomize 5.8.1 printed.</summary>
internal static partial class Build
{
    /// <summary><see langword="null"/> when both succeed with the same bytes, or both fail.</summary>
    public static string? Compare(IFileTree tree, string directory, JsonElement arguments, bool inOrder, string? expected)
    {
        var options = new KustomizeOptions { Order = inOrder ? ResourceOrder.None : ResourceOrder.Legacy, IsOrderExplicit = inOrder };
        for (var i = 0; i < arguments.GetArrayLength(); i++)
        {
            options = arguments[i].GetString() switch
            {
                "--load-restrictor" => options with
                {
                    LoadRestrictor = arguments[++i].GetString() == "LoadRestrictionsNone" ? LoadRestrictor.None : LoadRestrictor.RootOnly,
                },
                "--reorder" => options with { Order = arguments[++i].GetString() == "none" ? ResourceOrder.None : ResourceOrder.Legacy },
                "--enable-managedby-label" => options with { AddManagedByLabel = true },
                var unknown => throw new NotSupportedException(unknown),
            };
        }

        var result = KustomizeBuild.Run(tree, directory, options);
        if (expected is null)
        {
            return result.IsSuccess ? "should fail" : null;
        }

        return result.IsSuccess ? Difference(expected, KustomizeBuild.ToYaml(result.Objects)) : $"failed: {result.Error}";
    }

    private static string? Difference(string expected, string actual)
    {
        var (left, right) = (Mask(expected).Split('\n'), Mask(actual).Split('\n'));
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var (l, r) = (left.ElementAtOrDefault(i), right.ElementAtOrDefault(i));
            if (l != r)
            {
                return $"line {i + 1}: expected '{l}', got '{r}'";
            }
        }

        return null;
    }

    /// <summary>The label that names kustomize's own version.</summary>
    private static string Mask(string text) => ManagedBy().Replace(text, "$1X");

    [GeneratedRegex(@"(app\.kubernetes\.io/managed-by: kustomize-)\S+")]
    private static partial Regex ManagedBy();
}
