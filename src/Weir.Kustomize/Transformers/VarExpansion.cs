using System.Text;
using Weir.Kustomize.Nodes;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>Expands <c>$(NAME)</c> in a text; <c>$$</c> stands for one dollar.</summary>
internal static class VarExpansion
{
    /// <summary>
    /// The text with every name replaced that the function knows. A text that is nothing but one name becomes the value
    /// itself, a number or a boolean included.
    /// </summary>
    public static Value Expand(string text, Func<string, Value?> find)
    {
        var result = new StringBuilder(text.Length);
        var i = 0;
        while (i < text.Length)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                result.Append(text[i++]);
                continue;
            }

            var close = text[i + 1] == '(' ? text.IndexOf(')', i + 2) : -1;
            if (close > 0)
            {
                var value = find(text[(i + 2)..close]);
                if (value is not null && i == 0 && close == text.Length - 1)
                {
                    return value is FloatValue f ? new WrittenScalar(GoFloat.Format(f.Value, 'f', -1), ScalarTag.Float) : value;
                }

                result.Append(value is null ? text.AsSpan(i, close + 1 - i) : Scalar.Text(value));
                i = close + 1;
                continue;
            }

            result.Append(text[i + 1] == '$' ? "$" : text.AsSpan(i, 2));
            i += 2;
        }

        return new StringValue(result.ToString());
    }
}
