using Weir.Cel;

namespace Weir.Kubernetes;

/// <summary>A rule of a schema, ready to run, or why it cannot.</summary>
internal sealed class CompiledRule
{
    public const string Self = "self";
    public const string OldSelf = "oldSelf";

    private CompiledRule(ValidationRule source) => Source = source;

    public ValidationRule Source { get; }

    /// <summary><see langword="null"/> when the rule is empty or wrong.</summary>
    public CelExpression? Rule { get; private init; }

    /// <summary>Why there is no rule; empty when there is one.</summary>
    public string Error { get; private init; } = "";

    public CelExpression? Message { get; private init; }

    /// <summary>Why the expression of the message cannot run; empty when it can.</summary>
    public string MessageError { get; private init; } = "";

    /// <summary>True for a rule about a change.</summary>
    public bool UsesOldSelf { get; private init; }

    /// <summary>The path below the value that errors name, as messages write it; empty for the value itself.</summary>
    public string FieldPath { get; private init; } = "";

    /// <summary>Whether the rule also runs where there is no old value.</summary>
    public bool IsOptionalOldSelf => Source.OptionalOldSelf == true;

    public static CompiledRule Compile(ValidationRule source, Schema schema, CelSchema types)
    {
        if (string.IsNullOrWhiteSpace(source.Rule))
        {
            return new(source);
        }

        var environment = Environment(types, source.OptionalOldSelf == true);
        var (rule, error, isUnrunnable) = CelExpression.Compile(source.Rule, environment);
        if (rule is null)
        {
            return new(source) { Error = (isUnrunnable ? "program instantiation failed: " : "compilation failed: ") + error };
        }

        if (rule.Type.Kind != CelTypeKind.Bool)
        {
            return new(source) { Error = "cel expression must evaluate to a bool" };
        }

        var (message, messageError) = CompileMessage(source, environment);
        return new(source)
        {
            Rule = rule,
            UsesOldSelf = rule.Uses(OldSelf),
            Message = message,
            MessageError = messageError,
            FieldPath = source.FieldPath.Length > 0 ? RuleFieldPath.Read(source.FieldPath, schema) ?? "" : "",
        };
    }

    private static (CelExpression? Message, string Error) CompileMessage(ValidationRule source, CelEnvironment environment)
    {
        if (source.MessageExpression.Length == 0)
        {
            return (null, "");
        }

        var (message, error, isUnrunnable) = CelExpression.Compile(source.MessageExpression, environment);
        return message is null ? (null, (isUnrunnable ? "messageExpression instantiation failed: " : "messageExpression compilation failed: ") + error)
            : message.Type.Kind != CelTypeKind.String ? (null, "messageExpression must evaluate to a string")
            : (message, "");
    }

    private static CelEnvironment Environment(CelSchema types, bool isOptional)
    {
        var self = types.ToType("selfType");
        return new CelEnvironment([new(Self, self), new(OldSelf, isOptional ? CelType.Optional(self) : self)]);
    }
}
