using Weir.Cel.Checking;

namespace Weir.Cel;

/// <summary>What an expression may name: variables with their types, and functions.</summary>
public sealed class CelEnvironment
{
    private readonly Dictionary<string, CelType> _variables;
    private readonly bool _takesAnyName;

    public CelEnvironment(IEnumerable<KeyValuePair<string, CelType>> variables, CelFunctions? functions = null)
    {
        _variables = new(variables, StringComparer.Ordinal);
        Functions = functions ?? CelFunctions.Kubernetes;
    }

    private CelEnvironment(bool takesAnyName)
        : this([]) => _takesAnyName = takesAnyName;

    /// <summary>Nothing is declared: every simple name is a variable of any type, as where cel-go parses without checking.</summary>
    public static CelEnvironment Untyped { get; } = new(takesAnyName: true);

    public CelFunctions Functions { get; }

    /// <summary>The types of which expressions may build objects, by their names.</summary>
    public Func<string, CelType?> ObjectType { get; init; } = static _ => null;

    /// <summary>The type of a variable, or <see langword="null"/> when there is none of this name.</summary>
    public CelType? Variable(string name) =>
        _variables.GetValueOrDefault(name)
        ?? (_takesAnyName && !name.Contains('.', StringComparison.Ordinal) && CelChecker.NamedType(name) is null ? CelType.Dyn : null);

    /// <summary>The same environment with one more variable; it hides one of its name.</summary>
    public CelEnvironment With(string variable, CelType type) => new(_variables.Where(v => v.Key != variable).Append(new(variable, type)), Functions)
    {
        ObjectType = ObjectType,
    };
}
