using Weir.GoTemplate.Syntax;
using Weir.Values;

namespace Weir.GoTemplate.Tracing;

/// <summary>
/// Follows all branches of templates without executing them and tells which places of the data they look at. What it
/// cannot follow counts as looking at everything that is handed to it, so that nothing used is ever called unused.
/// </summary>
/// <param name="templates">The set whose templates may be called.</param>
public abstract class TemplateTracer(TemplateSet templates)
{
    private const int MaxDepth = 60;
    private const int MaxStatements = 400_000;

    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private TracedValue _dot = TracedValue.Unknown;
    private TracedValue[] _variables = [];
    private int _depth;
    private int _statements;

    /// <summary>Whether execution comes here for sure with the values at hand.</summary>
    protected bool IsCertain { get; private set; }

    /// <summary>Traces a template with this data.</summary>
    public void Trace(string template, TracedValue data, bool isCertain)
    {
        if (templates.Find(template) is { } found)
        {
            IsCertain = isCertain;
            Invoke(found, data);
        }
    }

    /// <summary>A template looks at a place.</summary>
    protected abstract void OnUse(TracedPlace place, TraceUse use, SourceSpan at);

    /// <summary>A template asks for a key of a place at which there is nothing, which ends execution.</summary>
    protected abstract void OnNil(TracedPlace place, string key, SourceSpan at);

    /// <summary>A template refuses to go on without a value.</summary>
    protected abstract void OnRequired(TracedValue value, string message, SourceSpan at);

    /// <summary>A template sets a key.</summary>
    protected abstract void OnSet(TracedPlace place);

    /// <summary>The value at a place with the values at hand; <see langword="null"/> when there is none.</summary>
    protected abstract Value? Find(TracedPlace place);

    /// <summary>Whether a value counts as true, if that is known.</summary>
    protected bool? Truth(TracedValue value) => value switch
    {
        TracedPlace { IsExact: true } place => Find(place) is { } found && GoTemplate.Truth.IsTrue(found),
        TracedText text => text.Text.Length > 0,
        TracedFlag flag => flag.Value,
        TracedFields fields => fields.Fields.Count > 0 ? true : null,
        TracedChoice { Truth: { } known } => known,
        TracedChoice choice when choice.Options.Select(Truth).Distinct().ToList() is [{ } same] => same,
        _ => null,
    };

    internal bool? TruthOf(TracedValue value) => Truth(value);

    /// <summary>The value itself, if it is one that texts and flags can be compared with.</summary>
    internal Value? Known(TracedValue value) => value switch
    {
        TracedText text => new StringValue(text.Text),
        TracedFlag flag => BoolValue.Of(flag.Value),
        TracedPlace { IsExact: true } place => Find(place),
        _ => null,
    };

    internal void Use(TracedValue value, TraceUse use, SourceSpan at)
    {
        switch (value)
        {
            case TracedPlace place:
                OnUse(place, use, at);
                break;
            case TracedChoice choice:
                UseAll(choice.Options, use, at);
                break;
            case TracedList list when use == TraceUse.Whole:
                Use(list.Element, use, at);
                break;
            case TracedFields fields when use == TraceUse.Whole:
                UseAll(fields.Fields.Values.ToList(), use, at, nested: true);
                break;
        }
    }

    internal void UseAll(IReadOnlyList<TracedValue> values, TraceUse use, SourceSpan at, bool nested = false)
    {
        if (nested && ++_depth > MaxDepth)
        {
            _depth--;
            return;
        }

        foreach (var value in values)
        {
            Use(value, use, at);
        }

        _depth -= nested ? 1 : 0;
    }

    /// <summary>The value of a key, which is looked at.</summary>
    internal TracedValue Key(TracedValue value, string key, SourceSpan at, bool mayBeNil)
    {
        switch (value)
        {
            case TracedPlace place:
                if (!mayBeNil && IsCertain && place is { IsExact: true, Keys.Count: > 0 } && Find(place) is null or NullValue)
                {
                    OnNil(place, key, at);
                }

                var below = place.Below(key);
                OnUse(below, TraceUse.Itself, at);
                return below;
            case TracedFields fields:
                return fields.Fields.GetValueOrDefault(key, TracedValue.Unknown);
            case TracedChoice choice:
                return TracedValue.OneOf(choice.Options.Select(o => Key(o, key, at, mayBeNil: true)));
            default:
                return TracedValue.Unknown;
        }
    }

    /// <summary>What the elements of a list or map are like.</summary>
    internal static TracedValue Element(TracedValue value) => value switch
    {
        TracedPlace place => place.Below(TracedPlace.Any),
        TracedList list => list.Element,
        TracedFields fields => TracedValue.OneOf(fields.Fields.Values),
        TracedChoice choice => TracedValue.OneOf(choice.Options.Select(Element)),
        _ => TracedValue.Unknown,
    };

    /// <summary>Sets a key of a map, which every name of it sees.</summary>
    internal void Set(TracedValue map, string? key, TracedValue value, SourceSpan at)
    {
        switch (map)
        {
            case TracedFields fields when key is not null:
                fields.Fields[key] = fields.Fields.TryGetValue(key, out var old) ? TracedValue.OneOf([old, value]) : value;
                break;
            case TracedPlace place:
                OnSet(key is null ? place : place.Below(key));
                Use(value, TraceUse.Whole, at);
                break;
            case TracedChoice choice:
                foreach (var option in choice.Options)
                {
                    Set(option, key, value, at);
                }

                break;
            default:
                Use(value, TraceUse.Whole, at);
                break;
        }
    }

    /// <summary>Calls a template by name; one that cannot be found may look at anything.</summary>
    internal void Include(TracedValue name, TracedValue data, SourceSpan at)
    {
        if (name is TracedText text && templates.Find(text.Text) is { } template)
        {
            Invoke(template, data);
        }
        else if (name is not TracedText)
        {
            Use(data, TraceUse.Whole, at);
        }
    }

    /// <summary>Traces a text that is a template, as far as it is known.</summary>
    internal void TraceText(TracedValue text, TracedValue data, SourceSpan at)
    {
        switch (text)
        {
            case TracedText known:
                TraceText(known.Text, data);
                break;
            case TracedPlace { IsExact: true } place when Find(place) is { } value:
                TraceTexts(value, data);
                break;
            case TracedChoice choice:
                foreach (var option in choice.Options)
                {
                    TraceText(option, data, at);
                }

                break;
            case TracedMixture mixture:
                foreach (var part in mixture.Parts)
                {
                    TraceText(part, data, at);
                }

                break;
        }
    }

    internal void Require(TracedValue value, TracedValue message, SourceSpan at)
    {
        if (IsCertain && Truth(value) == false)
        {
            OnRequired(value, (message as TracedText)?.Text ?? "", at);
        }
    }

    internal static SourceSpan Span(Node node)
    {
        var (line, column) = node.Source.Locate(node.Position);
        return new SourceSpan(node.Source.Name, line, column + 1);
    }

    internal TracedValue Evaluate(Operand operand) => operand switch
    {
        Dot => _dot,
        Field field => Follow(_dot, field.Names, Span(field)),
        Variable variable => Follow(VariableOf(variable.Target), variable.Names, Span(variable)),
        Chain chain => FollowFromParentheses(Evaluate(chain.Target), chain.Names, Span(chain)),
        Pipeline pipeline => Evaluate(pipeline),
        StringLiteral text => new TracedText(text.Content),
        BoolLiteral flag => new TracedFlag(flag.IsTrue),
        FunctionName function => TracedCalls.Call(this, function, [], []),
        _ => TracedValue.Unknown,
    };

    /// <summary>Evaluates an operand that is reached only if another had this truth.</summary>
    internal TracedValue EvaluateIf(bool? isReached, Operand operand)
    {
        var certain = IsCertain;
        IsCertain = certain && isReached == true;
        var value = Evaluate(operand);
        IsCertain = certain;
        return value;
    }

    private TracedValue Evaluate(Pipeline pipeline)
    {
        TracedValue? value = null;
        foreach (var command in pipeline.Commands)
        {
            value = Evaluate(command, value);
        }

        foreach (var variable in pipeline.Variables)
        {
            SetVariable(variable, value!, pipeline.Assigns);
        }

        return value!;
    }

    private TracedValue Evaluate(Command command, TracedValue? final)
    {
        var arguments = command.Words[1..];
        if (command.Words[0] is FunctionName function)
        {
            return TracedCalls.Call(this, function, arguments, final is null ? [] : [final]);
        }

        // Arguments of a method: .Files.Get, .Capabilities.APIVersions.Has.
        foreach (var argument in arguments)
        {
            Use(Evaluate(argument), TraceUse.Whole, Span(argument));
        }

        if (final is not null)
        {
            Use(final, TraceUse.Whole, Span(command));
        }

        return Evaluate(command.Words[0]);
    }

    private TracedValue Follow(TracedValue value, IReadOnlyList<string> names, SourceSpan at, bool mayBeNil = false)
    {
        foreach (var name in names)
        {
            value = Key(value, name, at, mayBeNil);
        }

        return value;
    }

    /// <summary>Go asks nothing of what was nil within parentheses, so such a chain cannot fail.</summary>
    private TracedValue FollowFromParentheses(TracedValue value, IReadOnlyList<string> names, SourceSpan at) =>
        Follow(value, names, at, mayBeNil: value is not TracedPlace place || Find(place) is null or NullValue);

    private void Run(StatementList list)
    {
        foreach (var statement in list.Statements)
        {
            if (++_statements > MaxStatements)
            {
                return;
            }

            switch (statement)
            {
                case StatementList nested:
                    Run(nested);
                    break;
                case ActionStatement action:
                    var value = Evaluate(action.Pipeline);
                    if (action.Pipeline.Variables.Length == 0)
                    {
                        Use(value, TraceUse.Whole, Span(action));
                    }

                    break;
                case TemplateStatement call:
                    Include(new TracedText(call.Name), call.Pipeline is null ? TracedValue.Unknown : Evaluate(call.Pipeline), Span(call));
                    break;
                case BranchStatement branch:
                    Run(branch);
                    break;
            }
        }
    }

    private void Run(BranchStatement branch)
    {
        var value = Evaluate(branch.Pipeline);
        var truth = Truth(value);
        Use(value, TraceUse.Itself, Span(branch));
        var (certain, dot) = (IsCertain, _dot);
        if (branch is RangeStatement)
        {
            var element = Element(value);
            if (branch.Pipeline.Variables is [.., var last] variables)
            {
                SetVariable(variables[0], TracedValue.Unknown, assigns: false);
                SetVariable(last, element, assigns: false);
            }

            _dot = element;
        }
        else if (branch is WithStatement)
        {
            _dot = value;
        }

        IsCertain = certain && truth == true;
        Run(branch.Body);
        _dot = dot;
        if (branch.Otherwise is not null)
        {
            IsCertain = certain && truth == false;
            Run(branch.Otherwise);
        }

        IsCertain = certain;
    }

    private void Invoke(Template template, TracedValue data)
    {
        if (_depth >= MaxDepth || !_visited.Add($"{template.ParseName}\n{template.Name}\n{(IsCertain ? "!" : "")}{data.Describe()}"))
        {
            return;
        }

        var (dot, variables, certain) = (_dot, _variables, IsCertain);
        _variables = new TracedValue[template.SlotCount];
        _variables[0] = data;
        _dot = data;
        _depth++;
        Run(template.Root);
        _depth--;
        (_dot, _variables, IsCertain) = (dot, variables, certain);
    }

    private void TraceText(string text, TracedValue data)
    {
        const string name = "gotpl";
        if (!text.Contains("{{", StringComparison.Ordinal))
        {
            return;
        }

        if (templates.Derive().Parse(name, text, out var template) is null && template is not null)
        {
            Invoke(template, data);
        }
    }

    private void TraceTexts(Value value, TracedValue data)
    {
        switch (value)
        {
            case StringValue text:
                TraceText(text.Value, data);
                break;
            case ListValue list:
                foreach (var item in list)
                {
                    TraceTexts(item, data);
                }

                break;
            case MapValue map:
                foreach (var (key, item) in map)
                {
                    TraceText(key, data);
                    TraceTexts(item, data);
                }

                break;
        }
    }

    private TracedValue VariableOf(VariableTarget target) =>
        target.Slot >= 0 && target.Slot < _variables.Length ? _variables[target.Slot] ?? TracedValue.Unknown : TracedValue.Unknown;

    private void SetVariable(VariableTarget target, TracedValue value, bool assigns)
    {
        if (target.Slot >= 0 && target.Slot < _variables.Length)
        {
            // An assignment may stand in a branch that is not taken, so the old value stays possible.
            _variables[target.Slot] = assigns ? TracedValue.OneOf([VariableOf(target), value]) : value;
        }
    }
}
