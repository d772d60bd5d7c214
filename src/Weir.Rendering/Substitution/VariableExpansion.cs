using System.Globalization;
using System.Text;
using Weir.Values;

namespace Weir.Rendering;

/// <summary>
/// Expands <c>${name}</c> and its operators in a text as fluxcd/pkg envsubst 1.7 does. <c>$name</c> is left alone and
/// <c>$${name}</c> gives <c>${name}</c>. The whole text is parsed before anything is looked up.
/// </summary>
internal sealed class VariableExpansion
{
    private const int MostNested = 100;

    private readonly string _text;
    private int _position;
    private int _depth;

    private VariableExpansion(string text) => _text = text;

    /// <summary>The expanded text. Throws <see cref="SubstitutionException"/> with envsubst's words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="variables">Names and values.</param>
    /// <param name="isStrict">An unknown variable without default is an error instead of empty.</param>
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables, bool isStrict)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
        {
            return text;
        }

        var nodes = new VariableExpansion(text).ParseText();
        var output = new StringBuilder(text.Length);
        foreach (var node in nodes)
        {
            node.Write(output, variables, isStrict);
        }

        return output.ToString();
    }

    private char Peek => _position < _text.Length ? _text[_position] : '\0';

    private bool IsOpening => Peek == '$' && _position + 1 < _text.Length && _text[_position + 1] == '{';

    private List<Node> ParseText()
    {
        var nodes = new List<Node>();
        var literal = new StringBuilder();
        while (_position < _text.Length)
        {
            if (IsOpening)
            {
                Flush(nodes, literal);
                nodes.Add(ParseVariable());
                continue;
            }

            if (Peek == '$' && _position + 1 < _text.Length && _text[_position + 1] == '$')
            {
                literal.Append('$');
                _position += 2;
                continue;
            }

            var next = _text.IndexOf('$', _position + 1);
            var end = Peek == '$' ? _position + 1 : next < 0 ? _text.Length : next;
            literal.Append(_text, _position, end - _position);
            _position = end;
        }

        Flush(nodes, literal);
        return nodes;
    }

    private static void Flush(List<Node> nodes, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            nodes.Add(new TextNode(literal.ToString()));
            literal.Clear();
        }
    }

    private VariableNode ParseVariable()
    {
        if (++_depth > MostNested)
        {
            throw new SubstitutionException("bad substitution");
        }

        _position += 2;
        var node = Peek == '#' ? ParseLength() : ParseOperator();
        _depth--;
        return node;
    }

    private VariableNode ParseLength()
    {
        _position++;
        var name = Name();
        if (name.Length == 0)
        {
            throw new SubstitutionException("bad substitution");
        }

        Close("bad substitution");
        return new(name, "#", []);
    }

    private VariableNode ParseOperator()
    {
        var name = Name();
        if (name.Length == 0)
        {
            throw new SubstitutionException("unable to parse variable name");
        }

        switch (Peek)
        {
            case ':' when _position + 1 < _text.Length && _text[_position + 1] is '=' or '-' or '?' or '+':
                var marked = _text.Substring(_position, 2);
                _position += 2;
                return ParseDefault(name, marked);
            case ':':
                _position++;
                return ParseSubstring(name);
            case '=':
                _position++;
                return ParseDefault(name, "=");
            case ',' or '^':
                var letters = Repeated(2, static c => c is ',' or '^');
                Close("bad substitution");
                return new(name, letters, []);
            case '/':
                return ParseReplace(name);
            case '#':
                return ParseRemove(name, Repeated(2, static c => c == '#'));
            case '%':
                return ParseRemove(name, Repeated(2, static c => c == '%'));
            default:
                Close("missing closing brace");
                return new(name, "", []);
        }
    }

    private VariableNode ParseDefault(string name, string function)
    {
        var arguments = new List<Node>();
        while (Peek != '}')
        {
            arguments.Add(Parameter(static c => c != '}', escapes: false));
        }

        _position++;
        return new(name, function, arguments);
    }

    private VariableNode ParseSubstring(string name)
    {
        var arguments = new List<Node> { Parameter(static c => c is not (':' or '}'), escapes: false) };
        if (Peek == '}')
        {
            _position++;
            return new(name, ":", arguments);
        }

        if (Repeated(int.MaxValue, static c => c == ':').Length == 0)
        {
            throw new SubstitutionException("bad substitution");
        }

        arguments.Add(Parameter(static c => c != '}', escapes: false));
        Close("bad substitution");
        return new(name, ":", arguments);
    }

    private VariableNode ParseRemove(string name, string function)
    {
        var argument = Parameter(static c => c != '}', escapes: false);
        Close("bad substitution");
        return new(name, function, [argument]);
    }

    private VariableNode ParseReplace(string name)
    {
        _position++;
        var function = "/";
        if (Peek is '/' or '#' or '%')
        {
            function += Peek;
            _position++;
        }

        var arguments = new List<Node> { Parameter(static c => c != '/', escapes: true) };
        if (Repeated(int.MaxValue, static c => c == '/').Length == 0)
        {
            throw new SubstitutionException("bad substitution");
        }

        if (Peek != '}')
        {
            arguments.Add(Parameter(static c => c != '}', escapes: true));
        }

        Close("bad substitution");
        return new(name, function, arguments);
    }

    private Node Parameter(Func<char, bool> accepts, bool escapes)
    {
        if (IsOpening)
        {
            return ParseVariable();
        }

        var literal = new StringBuilder();
        while (_position < _text.Length && !IsOpening)
        {
            var current = _text[_position];
            var following = _position + 1 < _text.Length ? _text[_position + 1] : '\0';
            if (escapes && ((current == '$' && following == '$') || (current == '\\' && following is '/' or '\\')))
            {
                literal.Append(following);
                _position += 2;
                continue;
            }

            if (!accepts(current))
            {
                break;
            }

            literal.Append(current);
            _position++;
        }

        return literal.Length == 0
            ? throw new SubstitutionException("unable to parse substitution within function")
            : new TextNode(literal.ToString());
    }

    private string Name()
    {
        var start = _position;
        while (_position < _text.Length && (char.IsLetter(_text[_position]) || char.IsDigit(_text[_position]) || _text[_position] == '_'))
        {
            _position++;
        }

        return _text[start.._position];
    }

    private string Repeated(int most, Func<char, bool> accepts)
    {
        var start = _position;
        while (_position < _text.Length && _position - start < most && accepts(_text[_position]))
        {
            _position++;
        }

        return _text[start.._position];
    }

    private void Close(string otherwise)
    {
        if (Peek != '}')
        {
            throw new SubstitutionException(otherwise);
        }

        _position++;
    }

    private abstract class Node
    {
        public abstract void Write(StringBuilder output, IReadOnlyDictionary<string, string> variables, bool isStrict);
    }

    private sealed class TextNode(string text) : Node
    {
        public override void Write(StringBuilder output, IReadOnlyDictionary<string, string> variables, bool isStrict) => output.Append(text);
    }

    private sealed class VariableNode(string name, string function, List<Node> arguments) : Node
    {
        public override void Write(StringBuilder output, IReadOnlyDictionary<string, string> variables, bool isStrict)
        {
            var texts = new string[arguments.Count];
            for (var i = 0; i < texts.Length; i++)
            {
                var argument = new StringBuilder();
                arguments[i].Write(argument, variables, isStrict);
                texts[i] = argument.ToString();
            }

            var hasDefault = function is "=" or ":=" or ":-" or ":+" or ":?";
            if (!variables.TryGetValue(name, out var value))
            {
                if (isStrict && !hasDefault)
                {
                    throw new SubstitutionException($"variable not set (strict mode): {GoQuote.Quote(name)}");
                }

                value = "";
            }

            output.Append(VariableFunctions.Apply(function, value, texts));
        }
    }
}
