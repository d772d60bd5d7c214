using Weir.Cel.Functions;

namespace Weir.Cel;

/// <summary>An immutable table of functions.</summary>
public sealed class CelFunctions
{
    private readonly Dictionary<string, CelFunction> _functions = new(StringComparer.Ordinal);

    /// <summary>Functions of one name are joined: their forms are tried in the order given.</summary>
    public CelFunctions(IEnumerable<CelFunction> functions)
    {
        foreach (var function in functions)
        {
            _functions[function.Name] = _functions.TryGetValue(function.Name, out var known)
                ? known with { Overloads = [.. known.Overloads, .. function.Overloads] }
                : function;
        }
    }

    /// <summary>CEL's own functions and the libraries that Kubernetes 1.36 enables, with the questions to an authorizer.</summary>
    public static CelFunctions Kubernetes { get; } = new(
    [
        .. OperatorFunctions.All, .. ComparisonFunctions.All, .. ConversionFunctions.All, .. TimeFunctions.All, .. StringFunctions.All,
        .. StringFormatting.All, .. ListFunctions.All, .. SortFunctions.All, .. SetFunctions.All, .. RegexFunctions.All, .. OptionalFunctions.All,
        .. UrlFunctions.All, .. AddressFunctions.All, .. NetworkFunctions.All, .. FormatFunctions.All, .. QuantityFunctions.All, .. SemanticVersionFunctions.All,
        .. AuthorizerFunctions.All,
    ]);

    /// <summary>What mutating admission policies may call.</summary>
    public static CelFunctions Mutation { get; } = Kubernetes.With(PatchFunctions.All);

    /// <summary>This table with further functions.</summary>
    public CelFunctions With(IEnumerable<CelFunction> more) => new(_functions.Values.Concat(more));

    internal CelFunction? Find(string name) => _functions.GetValueOrDefault(name);
}
