using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Weir.GoTemplate.Formatting;
using Weir.GoTemplate.Syntax;
using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>
/// The state of one execution: output, dot, variables, the node that errors point at, and what is left of the limits.
/// Errors are recorded in <see cref="Error"/>, whereupon everything returns.
/// </summary>
internal sealed class Execution
{
    private readonly TemplateLimits _limits;
    private readonly List<Node> _callers = [];
    private readonly Stack<StringBuilder> _spareOutputs = new();
    private Dictionary<string, int>? _occurrences;
    private StringBuilder _output = new();
    private Located[] _slots = new Located[64];
    private Value[] _arguments = new Value[64];
    private Template _template = null!;
    private Node? _call;
    private string _callName = "";
    private string? _callee;
    private int _slotBase;
    private int _slotEnd;
    private int _argumentEnd;
    private int _depth;
    private long _written;
    private long _steps;

    public Execution(TemplateSet templates, TemplateHost host, TemplateLimits limits)
    {
        Templates = templates;
        Host = host;
        MissingKey = templates.Options.MissingKey;
        _limits = limits;
    }

    public TemplateSet Templates { get; private set; }

    public TemplateHost Host { get; }

    public MissingKey MissingKey { get; private set; }

    public Located Dot { get; set; }

    /// <summary>The node that was visited last.</summary>
    public Node? At { get; set; }

    public TemplateError? Error { get; private set; }

    public bool HasFailed => Error is not null;

    /// <summary>The text of the argument that the builtin <c>call</c> calls.</summary>
    public string? Callee => _callee;

    public TemplateResult Run(Template template, Value data)
    {
        Invoke(template, data is NullValue ? null : data, null);
        return new TemplateResult(_output.ToString(), Error);
    }

    /// <summary>Executes a template with its own variables; output goes where it went.</summary>
    public Flow Invoke(Template template, Value? data, Node? caller)
    {
        var (outerTemplate, outerBase, outerEnd, outerDot, outerAt) = (_template, _slotBase, _slotEnd, Dot, At);
        _template = template;
        _slotBase = _slotEnd;
        _slotEnd += template.SlotCount;
        if (_slotEnd > _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(_slots.Length * 2, _slotEnd));
        }

        Array.Clear(_slots, _slotBase, template.SlotCount);
        _slots[_slotBase] = Dot = new Located(data, IsInterface: false);
        _depth++;
        if (caller is not null)
        {
            _callers.Add(caller);
        }

        var flow = template.Root.Execute(this);

        if (caller is not null)
        {
            _callers.RemoveAt(_callers.Count - 1);
        }

        _depth--;
        (_template, _slotBase, _slotEnd, Dot, At) = (outerTemplate, outerBase, outerEnd, outerDot, outerAt);
        return flow == Flow.Failed ? flow : Flow.Next;
    }

    /// <summary>Executes a template into a text of its own, for a function such as <c>include</c>.</summary>
    public TemplateResult RenderNested(TemplateSet templates, Template template, Value data)
    {
        if (!CanGoDeeper())
        {
            return TakeNestedResult("");
        }

        var (outerTemplates, outerMissingKey, outerOutput) = (Templates, MissingKey, _output);
        var (outerCall, outerName, outerCallee) = (_call, _callName, _callee);
        (Templates, MissingKey) = (templates, templates.Options.MissingKey);
        _output = _spareOutputs.Count > 0 ? _spareOutputs.Pop() : new StringBuilder();
        Invoke(template, data is NullValue ? null : data, _call);
        var text = _output.ToString();
        if (_output.Capacity <= 64 * 1024)
        {
            _spareOutputs.Push(_output.Clear());
        }

        (Templates, MissingKey, _output) = (outerTemplates, outerMissingKey, outerOutput);
        (_call, _callName, _callee) = (outerCall, outerName, outerCallee);
        return TakeNestedResult(text);
    }

    /// <summary>Runs a function's body over arguments that were set from <paramref name="first"/> on.</summary>
    public Value? Run(TemplateFunction function, Node node, string name, string? callee, int first, int count)
    {
        var (outerCall, outerName, outerCallee) = (_call, _callName, _callee);
        (_call, _callName, _callee) = (node, name, callee);
        var result = function.Body(new CallContext(this), new Arguments(_arguments.AsSpan(first, count)));
        (_call, _callName, _callee) = (outerCall, outerName, outerCallee);
        Array.Clear(_arguments, first, count);
        _argumentEnd = first;
        if (HasFailed)
        {
            return null;
        }

        return result is NoValue ? null : result ?? NullValue.Instance;
    }

    /// <summary>Room for the arguments of a call; answers the place of the first.</summary>
    public int ReserveArguments(int count)
    {
        var first = _argumentEnd;
        _argumentEnd += count;
        if (_argumentEnd > _arguments.Length)
        {
            Array.Resize(ref _arguments, Math.Max(_arguments.Length * 2, _argumentEnd));
        }

        return first;
    }

    public void SetArgument(int index, Value? value) => _arguments[index] = value ?? NullValue.Instance;

    public bool TryGetVariable(VariableTarget variable, out Located value)
    {
        if (variable.Slot < 0)
        {
            value = default;
            Fail($"undefined variable: {variable.Name}");
            return false;
        }

        value = _slots[_slotBase + variable.Slot];
        return true;
    }

    public bool SetVariable(VariableTarget variable, Located value)
    {
        if (variable.Slot < 0)
        {
            Fail($"undefined variable: {variable.Name}");
            return false;
        }

        _slots[_slotBase + variable.Slot] = value;
        return true;
    }

    public Flow Write(string text)
    {
        _written += text.Length;
        if (_written > _limits.MaxOutput)
        {
            return FailFlow(string.Create(CultureInfo.InvariantCulture, $"exceeded maximum output ({_limits.MaxOutput} characters)"));
        }

        _output.Append(text);
        return Flow.Next;
    }

    /// <summary>Prints the value of an action.</summary>
    public Flow Print(Value? value)
    {
        switch (value)
        {
            case StringValue s:
                return Write(s.Value);
            case null:
                return Write("<no value>");
            case GoObject o when !GoFormat.IsPrintable(o):
                return FailFlow($"can't print {At} of type {o.Type.Name}");
            default:
                return Write(GoFormat.ToText(GoFormat.Indirect(value)));
        }
    }

    /// <summary>Counts a step; false, with the error recorded, when it was one too many.</summary>
    public bool Step()
    {
        if (++_steps <= _limits.MaxSteps)
        {
            return true;
        }

        Fail(string.Create(CultureInfo.InvariantCulture, $"exceeded maximum number of steps ({_limits.MaxSteps})"));
        return false;
    }

    public bool EnsureStack()
    {
        if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return true;
        }

        Fail("exceeded the depth that the stack allows");
        return false;
    }

    /// <summary>False, with the error recorded, when templates call each other too deeply.</summary>
    public bool CanGoDeeper()
    {
        if (_depth <= _limits.MaxDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return true;
        }

        Fail(string.Create(CultureInfo.InvariantCulture, $"exceeded maximum template depth ({Math.Min(_depth, _limits.MaxDepth)})"));
        return false;
    }

    public Flow FailFlow(string message)
    {
        Fail(message);
        return Flow.Failed;
    }

    /// <summary>Records an error at the node that was visited last. The first one counts.</summary>
    public Value? Fail(string message, string? hint = null)
    {
        Error ??= CreateError(message) with { Hint = hint };
        return null;
    }

    /// <summary>Records an error of the function that is being called.</summary>
    public Value? FailCall(string message, TemplateError? cause)
    {
        At = _call;
        Error ??= CreateError($"error calling {_callName}: {message}") with { Function = _callName, Cause = cause };
        return null;
    }

    public CallSite TakeSite()
    {
        var chain = string.Join('>', _callers.Select(c => c.Source.Describe(c.Position)));
        var node = _call!;
        var (line, column) = node.Source.Locate(node.Position);
        _occurrences ??= new Dictionary<string, int>(StringComparer.Ordinal);
        var key = $"{chain}>{node.Source.Name}:{line}:{column}";
        var occurrence = _occurrences.GetValueOrDefault(key);
        _occurrences[key] = occurrence + 1;
        return new CallSite(node.Source.Name, line, column, chain, occurrence);
    }

    private TemplateResult TakeNestedResult(string text)
    {
        var error = Error;
        Error = null;
        return new TemplateResult(text, error);
    }

    private TemplateError CreateError(string message)
    {
        if (At is null)
        {
            return new TemplateError { Template = _template.Name, Message = message };
        }

        var (line, column) = At.Source.Locate(At.Position);
        return new TemplateError
        {
            Template = At.Source.Name,
            Line = line,
            Column = column,
            Executing = _template.Name,
            Expression = At.ToString(),
            Message = message,
        };
    }
}
