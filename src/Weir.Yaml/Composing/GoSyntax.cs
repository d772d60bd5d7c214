using System.Text;
using Weir.Values;

namespace Weir.Yaml.Composing;

/// <summary>Values as Go's <c>%#v</c> prints what go-yaml decodes, for its messages about keys.</summary>
internal static class GoSyntax
{
    private const int MaxLength = 2_000;

    public static string Format(Value value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Value value)
    {
        if (text.Length > MaxLength)
        {
            return;
        }

        switch (value)
        {
            case NullValue:
                text.Append("interface {}(nil)");
                break;
            case StringValue s:
                text.Append(GoQuote.Quote(s.Value));
                break;
            case ListValue list:
                text.Append("[]interface {}{");
                AppendItems(text, list);
                text.Append('}');
                break;
            case MapValue map:
                text.Append("map[interface {}]interface {}{");
                AppendEntries(text, map);
                text.Append('}');
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static void AppendItems(StringBuilder text, ListValue list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Append(text, list[i]);
        }
    }

    private static void AppendEntries(StringBuilder text, MapValue map)
    {
        var keys = map.Keys.ToList();
        keys.Sort(GoString.Compare);
        for (var i = 0; i < keys.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(GoQuote.Quote(keys[i])).Append(':');
            Append(text, map[keys[i]]!);
        }
    }
}
