using Weir.Cel;

namespace Weir.Kubernetes;

/// <summary>An expression of a policy with what belongs to it, or why it cannot run.</summary>
/// <param name="Text">The expression as written.</param>
/// <param name="Expression"><see langword="null"/> when it cannot run.</param>
/// <param name="Error">Why it cannot; empty when it can.</param>
internal sealed record PolicyExpression(string Text, CelExpression? Expression, string Error)
{
    public static PolicyExpression Compile(string text, CelEnvironment environment, params CelType[] answers)
    {
        var (expression, error, isUnrunnable) = CelExpression.Compile(text, environment);
        if (expression is null)
        {
            return new(text, null, (isUnrunnable ? "program instantiation failed: " : "compilation failed: ") + error);
        }

        if (answers.Length == 0 || answers.Any(expression.Type.Equals))
        {
            return new(text, expression, "");
        }

        var wanted = answers.Length == 1 ? $"must evaluate to {Name(answers[0])}" : $"must evaluate to one of [{string.Join(' ', answers.Select(Name))}]";
        return new(text, null, $"{wanted} but got {Name(expression.Type)}");
    }

    /// <summary>A type by the name it has as a value.</summary>
    private static string Name(CelType type) => type.Parameters.Count == 0 ? type.Name : $"{type.Name}({string.Join(", ", type.Parameters.Select(Name))})";
}
