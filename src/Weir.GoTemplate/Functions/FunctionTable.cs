using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Weir.GoTemplate;

/// <summary>An immutable set of functions by name: a family, or several combined.</summary>
public sealed class FunctionTable
{
    private readonly FrozenDictionary<string, TemplateFunction> _functions;

    private FunctionTable(Dictionary<string, TemplateFunction> functions) =>
        _functions = functions.ToFrozenDictionary(StringComparer.Ordinal);

    public static FunctionTable Empty { get; } = new([]);

    /// <summary>Go's own functions. A template set has them always; a table of its own may shadow them.</summary>
    public static FunctionTable Builtins { get; } = BuiltinFunctions.Create();

    public IEnumerable<string> Names => _functions.Keys;

    public int Count => _functions.Count;

    /// <summary>A table of these functions. Throws <see cref="ArgumentException"/> when a name stands twice.</summary>
    public static FunctionTable Create(params IEnumerable<TemplateFunction> functions)
    {
        var table = new Dictionary<string, TemplateFunction>(StringComparer.Ordinal);
        foreach (var function in functions)
        {
            if (!table.TryAdd(function.Name, function))
            {
                throw new ArgumentException($"The function {function.Name} stands twice in the table.", nameof(functions));
            }
        }

        return new FunctionTable(table);
    }

    /// <summary>All functions of all tables; where two have the same name, the later table's wins.</summary>
    public static FunctionTable Combine(params IEnumerable<FunctionTable> tables)
    {
        var combined = new Dictionary<string, TemplateFunction>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            foreach (var (name, function) in table._functions)
            {
                combined[name] = function;
            }
        }

        return new FunctionTable(combined);
    }

    /// <summary>This table without some names.</summary>
    public FunctionTable Without(params IEnumerable<string> names)
    {
        var rest = new Dictionary<string, TemplateFunction>(_functions, StringComparer.Ordinal);
        foreach (var name in names)
        {
            rest.Remove(name);
        }

        return new FunctionTable(rest);
    }

    public bool TryGet(string name, [NotNullWhen(true)] out TemplateFunction? function) =>
        _functions.TryGetValue(name, out function);
}
