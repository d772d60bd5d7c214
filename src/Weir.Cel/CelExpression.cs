using Weir.Cel.Checking;
using Weir.Cel.Costs;
using Weir.Cel.Data;
using Weir.Cel.Evaluating;
using Weir.Cel.Syntax;
using Weir.Values;

namespace Weir.Cel;

/// <summary>An expression that was checked and can run any number of times, on all threads at once. It always ends: its cost is limited.</summary>
public sealed class CelExpression
{
    /// <summary>What one expression may cost in Kubernetes.</summary>
    public const long DefaultCostLimit = 1_000_000;

    private const int MaxLength = 100_000;

    private readonly CelNode _root;
    private readonly Step _step;
    private readonly int _locals;

    private CelExpression(string text, CelNode root, Step step, int locals)
    {
        Text = text;
        _root = root;
        _step = step;
        _locals = locals;
    }

    public string Text { get; }

    /// <summary>The type of the answer.</summary>
    public CelType Type => _root.Type;

    /// <summary>Parses and checks a text.</summary>
    public static CelCompilation Compile(string text, CelEnvironment environment)
    {
        var errors = new SyntaxErrors();
        var length = Runes.Count(text);
        if (length > MaxLength)
        {
            errors.Add(SyntaxErrors.NoPlace, $"expression code point size exceeds limit: size: {length}, limit {MaxLength}");
            return new(null, ErrorText.Of(errors, text));
        }

        var root = CelParser.Parse(text, errors);
        if (root is null || errors.Count > 0)
        {
            return new(null, ErrorText.Of(errors, text));
        }

        var before = WorkLimit.Begin(DefaultCostLimit);
        try
        {
            return Compile(text, root, environment, errors);
        }
        finally
        {
            WorkLimit.End(before);
        }
    }

    /// <summary>The least and the most that a run can cost when variables are as large as their schemas allow.</summary>
    public CostRange EstimateCost(IReadOnlyDictionary<string, CelSchema> variables) => new CostEstimation(variables).Of(_root);

    /// <summary>True when the expression reads a variable of this name.</summary>
    public bool Uses(string variable) => VariableUse.Occurs(_root, variable);

    /// <summary>Runs the expression.</summary>
    /// <param name="variables">The value of a variable, or <see langword="null"/> when it has none.</param>
    /// <param name="costLimit">The most that the run may cost.</param>
    /// <param name="cancellation">Ends the run with the error <c>operation interrupted</c>.</param>
    public CelResult Run(Func<string, Value?> variables, long costLimit = DefaultCostLimit, CancellationToken cancellation = default)
    {
        var frame = new Frame(variables, _locals, costLimit, cancellation);
        var before = WorkLimit.Begin(costLimit);
        try
        {
            var value = _step.Run(frame);
            return new(frame.Stop ?? value, frame.Cost);
        }
        finally
        {
            WorkLimit.End(before);
        }
    }

    private static CelCompilation Compile(string text, CelNode root, CelEnvironment environment, SyntaxErrors errors)
    {
        new CelChecker(environment, errors).CheckAll(root);
        if (errors.Count == 0)
        {
            new LiteralChecks(errors).Check(root);
        }

        if (errors.Count > 0)
        {
            return new(null, ErrorText.Of(errors, text));
        }

        var planner = new Planner(environment);
        var step = planner.Plan(root);
        return planner.Failure is { } failure
            ? new(null, failure.Message, IsUnrunnable: true)
            : new(new CelExpression(text, root, step, planner.Locals), "");
    }
}
