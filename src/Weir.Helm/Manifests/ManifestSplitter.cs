namespace Weir.Helm;

/// <summary>
/// Cuts a rendered file into its documents as Helm 4.2 does: at every line that begins with <c>---</c>, whatever follows
/// it. Space before a document goes, the line break at its end stays.
/// </summary>
public static class ManifestSplitter
{
    public static IReadOnlyList<string> Split(string file)
    {
        var documents = new List<string>();
        var text = file.AsSpan().TrimStart();
        var end = text.StartsWith("---") ? 0 : NextSeparator(text);
        while (true)
        {
            var document = text[..end].TrimStart();
            if (!document.IsEmpty)
            {
                documents.Add(document.ToString());
            }

            if (end == text.Length)
            {
                return documents;
            }

            text = text[(end + 3)..].TrimStart(" \t");
            end = NextSeparator(text);
        }
    }

    /// <summary>Where the next line that begins with three dashes stands, or the length of the text.</summary>
    private static int NextSeparator(ReadOnlySpan<char> text) =>
        text.IndexOf("\n---") is var found and >= 0 ? found + 1 : text.Length;
}
