using System.Text;
using Weir.Kubernetes;

namespace Weir.Fuzz;

/// <summary>Label and field selectors: read or refused with a reason, and what was read chooses the same when it is read again.</summary>
internal static class SelectorTarget
{
    private static readonly (string Key, string Value)[] Labels = [("a", "b"), ("app.kubernetes.io/name", "web"), ("empty", "")];

    public static FuzzTarget Create() => new(
        "selector",
        [
            "a=b,c!=d,e in (f, g),h notin (i),!j,k"u8.ToArray(),
            "app.kubernetes.io/name==web, tier in (,a),x>5,y<7"u8.ToArray(),
            "metadata.name=x,status.phase!=Running,spec.a\\=b=c\\,d"u8.ToArray(),
        ],
        Run);

    private static void Run(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        if (LabelSelector.TryParse(text, out var labels, out var error))
        {
            _ = labels.Matches(Value);
        }
        else if (error.Length == 0)
        {
            throw new InvalidOperationException("a label selector is refused without a reason");
        }

        if (FieldSelector.TryParse(text, out var fields, out error))
        {
            _ = fields.Matches(static name => name);
        }
        else if (error.Length == 0)
        {
            throw new InvalidOperationException("a field selector is refused without a reason");
        }
    }

    private static string? Value(string key)
    {
        foreach (var (name, value) in Labels)
        {
            if (name == key)
            {
                return value;
            }
        }

        return null;
    }
}
