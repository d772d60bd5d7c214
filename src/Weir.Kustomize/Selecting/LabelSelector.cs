using System.Globalization;

namespace Weir.Kustomize.Selecting;

/// <summary>A label selector as text: <c>a=b,c!=d,e in (f,g),h,!i,j&gt;1</c>. Also used on annotations.</summary>
internal sealed class LabelSelector
{
    private readonly List<Requirement> _requirements;

    private LabelSelector(List<Requirement> requirements) => _requirements = requirements;

    private enum Operator
    {
        Exists,
        DoesNotExist,
        In,
        NotIn,
        GreaterThan,
        LessThan,
    }

    /// <summary>Reads a selector; a mistake is a failure in Kubernetes' words.</summary>
    public static LabelSelector Parse(string text)
    {
        var parser = new Parser(text);
        return new LabelSelector(parser.ReadAll());
    }

    public bool Matches(IReadOnlyDictionary<string, string> labels) => _requirements.TrueForAll(r => Matches(r, labels));

    private static bool Matches(Requirement requirement, IReadOnlyDictionary<string, string> labels)
    {
        var isThere = labels.TryGetValue(requirement.Key, out var value);
        return requirement.Operator switch
        {
            Operator.Exists => isThere,
            Operator.DoesNotExist => !isThere,
            Operator.In => isThere && requirement.Values.Contains(value!),
            Operator.NotIn => !isThere || !requirement.Values.Contains(value!),
            Operator.GreaterThan => TryNumber(value, out var n) && n > long.Parse(requirement.Values[0], CultureInfo.InvariantCulture),
            _ => TryNumber(value, out var n) && n < long.Parse(requirement.Values[0], CultureInfo.InvariantCulture),
        };
    }

    private static bool TryNumber(string? text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private sealed record Requirement(string Key, Operator Operator, List<string> Values);

    private sealed class Parser(string text)
    {
        private readonly List<string> _tokens = Split(text);
        private int _next;

        public List<Requirement> ReadAll()
        {
            var result = new List<Requirement>();
            if (Peek().Length == 0)
            {
                return result;
            }

            while (true)
            {
                result.Add(ReadRequirement());
                var token = Take();
                if (token.Length == 0)
                {
                    return result;
                }

                if (token != ",")
                {
                    throw Failure($"found '{token}', expected: ',' or 'end of string'");
                }

                if (!IsWord(Peek()) && Peek() != "!")
                {
                    throw Failure($"found '{Peek()}', expected: identifier after ','");
                }
            }
        }

        private Requirement ReadRequirement()
        {
            if (Peek() == "!")
            {
                Take();
                return new Requirement(ReadKey(), Operator.DoesNotExist, []);
            }

            var key = ReadKey();
            if (Peek().Length == 0 || Peek() == ",")
            {
                return new Requirement(key, Operator.Exists, []);
            }

            var token = Take();
            switch (token)
            {
                case "=" or "==":
                    return new Requirement(key, Operator.In, [ReadValue()]);
                case "!=":
                    return new Requirement(key, Operator.NotIn, [ReadValue()]);
                case "in":
                    return new Requirement(key, Operator.In, ReadValues());
                case "notin":
                    return new Requirement(key, Operator.NotIn, ReadValues());
                case ">" or "<":
                    var value = ReadValue();
                    if (!TryNumber(value, out _))
                    {
                        throw Failure("for 'Gt', 'Lt' operators, the value must be an integer");
                    }

                    return new Requirement(key, token == ">" ? Operator.GreaterThan : Operator.LessThan, [value]);
                default:
                    throw Failure($"found '{token}', expected: '=', '!=', '==', 'in', notin'");
            }
        }

        private string ReadKey()
        {
            var token = Take();
            if (!IsWord(token))
            {
                throw Failure($"found '{token}', expected: identifier");
            }

            return LabelSyntax.IsKey(token) ? token : throw Failure($"invalid label key \"{token}\"");
        }

        private string ReadValue()
        {
            if (Peek().Length == 0 || Peek() == ",")
            {
                return "";
            }

            var token = Take();
            return IsWord(token) ? CheckValue(token) : throw Failure($"found '{token}', expected: identifier");
        }

        private List<string> ReadValues()
        {
            if (Take() is not "(" and var found)
            {
                throw Failure($"found '{found}' expected: '('");
            }

            var values = new List<string>();
            while (true)
            {
                var token = Take();
                switch (token)
                {
                    case ")":
                        if (values.Count == 0)
                        {
                            values.Add("");
                        }

                        return values;
                    case ",":
                        if (values.Count == 0 || Peek() is ")" or ",")
                        {
                            values.Add("");
                        }

                        break;
                    case "":
                        throw Failure("found '', expected: ',', ')' or identifier");
                    default:
                        values.Add(CheckValue(token));
                        if (Peek() is not ("," or ")"))
                        {
                            throw Failure($"found '{Peek()}', expected: ',' or ')'");
                        }

                        break;
                }
            }
        }

        private static string CheckValue(string value) =>
            LabelSyntax.IsValue(value) ? value : throw Failure($"invalid label value: \"{value}\"");

        private string Peek() => _next < _tokens.Count ? _tokens[_next] : "";

        private string Take() => _next < _tokens.Count ? _tokens[_next++] : "";

        private static bool IsWord(string token) => token.Length > 0 && token is not ("," or "(" or ")" or "=" or "==" or "!=" or "!" or ">" or "<");

        private static List<string> Split(string text)
        {
            var tokens = new List<string>();
            var i = 0;
            while (i < text.Length)
            {
                var c = text[i];
                if (char.IsWhiteSpace(c))
                {
                    i++;
                    continue;
                }

                if (IsSpecial(c))
                {
                    var length = c is '=' or '!' && i + 1 < text.Length && text[i + 1] == '=' ? 2 : 1;
                    tokens.Add(text.Substring(i, length));
                    i += length;
                    continue;
                }

                var start = i;
                while (i < text.Length && !IsSpecial(text[i]) && !char.IsWhiteSpace(text[i]))
                {
                    i++;
                }

                tokens.Add(text[start..i]);
            }

            return tokens;
        }

        private static bool IsSpecial(char c) => c is '=' or '!' or '(' or ')' or ',' or '>' or '<';

        private static BuildFailure Failure(string message) => new($"unable to parse requirement: {message}") { Code = "kustomize-label-selector" };
    }
}
