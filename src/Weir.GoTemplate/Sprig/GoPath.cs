using System.Text;

namespace Weir.GoTemplate.Sprig;

/// <summary>Go's package <c>path</c>: slash-separated, whatever the machine.</summary>
internal static class GoPath
{
    public static string Base(string path)
    {
        if (path.Length == 0)
        {
            return ".";
        }

        path = path.TrimEnd('/');
        return path.Length == 0 ? "/" : path[(path.LastIndexOf('/') + 1)..];
    }

    public static string Dir(string path) => Clean(path[..(path.LastIndexOf('/') + 1)]);

    public static string Ext(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot < 0 || dot < path.LastIndexOf('/') ? "" : path[dot..];
    }

    public static bool IsAbs(string path) => path.StartsWith('/');

    /// <summary>The shortest path that means the same.</summary>
    public static string Clean(string path)
    {
        if (path.Length == 0)
        {
            return ".";
        }

        var rooted = path[0] == '/';
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (!rooted)
            {
                parts.Add(part);
            }
        }

        var clean = new StringBuilder(rooted ? "/" : "").AppendJoin('/', parts).ToString();
        return clean.Length == 0 ? "." : clean;
    }
}
