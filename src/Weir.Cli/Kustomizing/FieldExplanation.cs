using Weir.Kubernetes;
using Weir.Kustomize;

namespace Weir.Cli.Kustomizing;

/// <summary>Prints who set the fields under a path: the last line of a field is the one that counts.</summary>
internal static class FieldExplanation
{
    /// <summary>False when no object has the field.</summary>
    public static bool Print(FieldHistory history, string path, TextWriter output)
    {
        var isFound = false;
        foreach (var (found, changes) in history.Find(path))
        {
            isFound = true;
            output.WriteLine(found.Object.Key());
            foreach (var field in changes.GroupBy(c => c.Path))
            {
                output.WriteLine($"  {field.Key}");
                foreach (var change in field)
                {
                    var text = change.Text is null ? "removed" : Show(found, change.Text);
                    output.WriteLine($"    {text}  {change.Step}{(change.Span.IsKnown ? $"  {change.Span}" : "")}");
                }
            }
        }

        return isFound;
    }

    private static string Show(ObjectHistory history, string text)
    {
        if (history.Object.GetString("kind") == "Secret")
        {
            return "set";
        }

        var line = text.ReplaceLineEndings("\\n");
        return line.Length <= 80 ? line : line[..79] + "…";
    }
}
