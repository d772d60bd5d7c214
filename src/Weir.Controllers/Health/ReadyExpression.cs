using Weir.Cel;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>The <c>readyExpr</c> of a dependency: a CEL expression over <c>self</c> and <c>dep</c>.</summary>
internal sealed class ReadyExpression
{
    private static readonly CelType Object = CelType.Map(CelType.String, CelType.Dyn);

    private static readonly CelEnvironment Environment = new([new("self", Object), new("dep", Object)]);

    private readonly CelExpression _expression;

    private ReadyExpression(CelExpression expression) => _expression = expression;

    /// <summary>Compiles the text. What is wrong with it, or <see langword="null"/>.</summary>
    public static string? Compile(string text, out ReadyExpression? expression)
    {
        expression = null;
        var compiled = CelExpression.Compile(text, Environment);
        if (compiled.Expression is not { } checkedExpression)
        {
            return $"failed to parse the CEL expression '{text}': {compiled.Error}";
        }

        if (!checkedExpression.Type.Equals(CelType.Bool))
        {
            return $"CEL expression output type mismatch: expected bool, got {checkedExpression.Type}";
        }

        expression = new ReadyExpression(checkedExpression);
        return null;
    }

    /// <summary>Why the dependency is not ready, or <see langword="null"/> when it is.</summary>
    public string? Problem(MapValue self, MapValue dependency, string name)
    {
        var answer = _expression.Run(variable => variable == "self" ? self : dependency);
        return answer.Value switch
        {
            BoolValue { Value: true } => null,
            CelError error => $"failed to evaluate the CEL expression '{_expression.Text}': {error.Message}",
            _ => $"dependency '{name}' is not ready according to readyExpr eval",
        };
    }
}
