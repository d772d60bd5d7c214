using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Reads label selectors with the messages of apimachinery's parser.</summary>
internal sealed class LabelSelectorParser(string text)
{
    private static readonly string[] SetOperators = ["in", "notin"];

    private int _position;

    public string? Error { get; private set; }

    public LabelSelector? Parse()
    {
        var requirements = new List<LabelRequirement>();
        if (Peek().Length == 0)
        {
            return LabelSelector.Everything;
        }

        while (true)
        {
            var next = Peek();
            if (!IsIdentifier(next) && next != "!")
            {
                return Fail($"found '{next}', expected: !, identifier, or 'end of string'");
            }

            if (Requirement() is not { } requirement)
            {
                Error = $"unable to parse requirement: {Error}";
                return null;
            }

            requirements.Add(requirement);
            var separator = Next();
            if (separator.Length == 0)
            {
                requirements.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
                return new(requirements);
            }

            if (separator != ",")
            {
                return Fail($"found '{separator}', expected: ',' or 'end of string'");
            }

            next = Peek();
            if (!IsIdentifier(next) && next != "!")
            {
                return Fail($"found '{next}', expected: identifier after ','");
            }
        }
    }

    private LabelRequirement? Requirement()
    {
        var isNegated = Peek() == "!";
        if (isNegated)
        {
            Next();
        }

        var key = Next();
        if (!IsIdentifier(key))
        {
            Fail($"found '{key}', expected: identifier");
            return null;
        }

        if (KubernetesNames.CheckLabelKey(key) is { Count: > 0 } keyProblems)
        {
            Fail($"key: Invalid value: {GoQuote.Quote(key)}: {string.Join("; ", keyProblems)}");
            return null;
        }

        var next = Peek();
        if (isNegated || next is "" or ",")
        {
            return new(key, isNegated ? SelectorOperator.DoesNotExist : SelectorOperator.Exists, []);
        }

        var symbol = Next();
        SelectorOperator? @operator = symbol switch
        {
            "=" or "==" or "in" => SelectorOperator.In,
            "!=" or "notin" => SelectorOperator.NotIn,
            ">" => SelectorOperator.GreaterThan,
            "<" => SelectorOperator.LessThan,
            _ => null,
        };
        if (@operator is null)
        {
            Fail($"found '{symbol}', expected: in, notin, =, ==, !=, gt, lt");
            return null;
        }

        var values = symbol is "in" or "notin" ? Values() : ExactValue();
        if (values is null)
        {
            return null;
        }

        return Check(key, @operator.Value, values);
    }

    private LabelRequirement? Check(string key, SelectorOperator @operator, List<string> values)
    {
        if (@operator is SelectorOperator.GreaterThan or SelectorOperator.LessThan && !long.TryParse(values[0], out _))
        {
            Fail($"values[0]: Invalid value: {GoQuote.Quote(values[0])}: for 'Gt', 'Lt' operators, the value must be an integer");
            return null;
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (KubernetesNames.CheckLabelValue(values[i]) is { Count: > 0 } problems)
            {
                Fail($"values[{i}][{key}]: Invalid value: {GoQuote.Quote(values[i])}: {string.Join("; ", problems)}");
                return null;
            }
        }

        values.Sort(StringComparer.Ordinal);
        return new(key, @operator, values);
    }

    private List<string>? Values()
    {
        var open = Next();
        if (open != "(")
        {
            Fail($"found '{open}' expected: '('");
            return null;
        }

        var values = new List<string>();
        var next = Peek();
        if (next == ")")
        {
            Next();
            return [""];
        }

        if (!IsIdentifier(next) && next != ",")
        {
            Fail($"found '{next}', expected: ',', ')' or identifier");
            return null;
        }

        while (true)
        {
            var word = Next();
            if (IsIdentifier(word))
            {
                values.Add(word);
                switch (Peek())
                {
                    case ",":
                        continue;
                    case ")":
                        Next();
                        return [.. values.Distinct()];
                    default:
                        Fail($"found '{Peek()}', expected: ',' or ')'");
                        return null;
                }
            }

            if (word != ",")
            {
                Fail($"found '{word}', expected: ',', or identifier");
                return null;
            }

            if (values.Count == 0)
            {
                values.Add("");
            }

            var after = Peek();
            if (after == ")")
            {
                values.Add("");
                Next();
                return [.. values.Distinct()];
            }

            if (after == ",")
            {
                Next();
                values.Add("");
            }
        }
    }

    private List<string>? ExactValue()
    {
        var next = Peek();
        if (next is "" or ",")
        {
            return [""];
        }

        var value = Next();
        if (!IsIdentifier(value))
        {
            Fail($"found '{value}', expected: identifier");
            return null;
        }

        return [value];
    }

    private string Peek()
    {
        var before = _position;
        var token = Next();
        _position = before;
        return token;
    }

    /// <summary>The next token; empty at the end.</summary>
    private string Next()
    {
        while (_position < text.Length && text[_position] is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }

        if (_position >= text.Length)
        {
            return "";
        }

        var start = _position;
        if (IsSymbol(text[start]))
        {
            while (_position < text.Length && IsSymbol(text[_position]))
            {
                var longer = text[start..(_position + 1)];
                if (_position > start && longer is not ("==" or "!="))
                {
                    break;
                }

                _position++;
            }

            return text[start.._position];
        }

        while (_position < text.Length && !IsSymbol(text[_position]) && text[_position] is not (' ' or '\t' or '\r' or '\n'))
        {
            _position++;
        }

        return text[start.._position];
    }

    private static bool IsSymbol(char c) => c is '=' or '!' or '(' or ')' or ',' or '>' or '<';

    // Words that are operators may be keys and values too.
    private static bool IsIdentifier(string token) => token.Length > 0 && (!IsSymbol(token[0]) || SetOperators.Contains(token));

    private LabelSelector? Fail(string message)
    {
        Error ??= message;
        return null;
    }
}
