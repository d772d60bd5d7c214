using System.Text.RegularExpressions;
using Weir.Kubernetes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Rendering;

/// <summary>Puts the values of variables into built objects, one object at a time, on its YAML text.</summary>
internal static partial class PostBuildSubstitution
{
    private const string Mark = "kustomize.toolkit.fluxcd.io/substitute";

    /// <summary>The object with its variables replaced. Throws <see cref="SubstitutionException"/>.</summary>
    public static MapValue Apply(MapValue value, IReadOnlyDictionary<string, string> variables, bool always, bool isStrict)
    {
        // Here, other than for every other mark, the value must be written in exactly this case.
        if (value.Label(Mark) == "disabled" || value.Annotation(Mark) == "disabled")
        {
            return value;
        }

        if (variables.Count == 0 && !always)
        {
            return value;
        }

        foreach (var name in variables.Keys)
        {
            if (!VariableName().IsMatch(name))
            {
                throw new SubstitutionException($"envsubst error: '{name}' var name is invalid, must match '^[_[:alpha:]][_[:alpha:][:digit:]]*$'");
            }
        }

        var text = YamlWriter.Write(value);
        string expanded;
        try
        {
            expanded = VariableExpansion.Expand(text, variables, isStrict);
        }
        catch (SubstitutionException e)
        {
            throw new SubstitutionException($"envsubst error: variable substitution failed: {e.Message}");
        }

        if (ReferenceEquals(expanded, text))
        {
            return value;
        }

        var parsed = YamlReader.Read(expanded);
        foreach (var diagnostic in parsed.Diagnostics)
        {
            if (diagnostic.Severity == Severity.Error)
            {
                throw new SubstitutionException($"envsubst error: YAMLToJSON: {diagnostic.Message}");
            }
        }

        return parsed.Result is MapValue result ? (MapValue)Spans.Take(result, value) : throw new SubstitutionException("envsubst error: UnmarshalJSON: the object is no map any more");
    }

    [GeneratedRegex("^[_A-Za-z][_A-Za-z0-9]*$", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();
}
