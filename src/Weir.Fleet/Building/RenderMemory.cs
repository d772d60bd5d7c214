using System.Collections.Concurrent;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>
/// Keeps what was rendered from which files. A second rendering with the same inputs, of another cluster or of the other side
/// of a diff, is answered from here when every file that was looked at is the same: so only what is affected costs time.
/// </summary>
internal sealed class RenderMemory
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<(RecordingFileTree Files, object Result)>> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentBag<(object Origin, object Result)>> _derived = new(StringComparer.Ordinal);
    private int _hits;
    private int _misses;

    /// <summary>How many renderings were answered from memory.</summary>
    public int Hits => _hits;

    /// <summary>How many were rendered.</summary>
    public int Misses => _misses;

    /// <summary>The result for this key over this tree.</summary>
    /// <param name="key">All inputs but files.</param>
    /// <param name="tree">The files.</param>
    /// <param name="render">Renders; must ask nothing but the tree it is given.</param>
    public T Get<T>(string key, IFileTree tree, Func<IFileTree, T> render)
        where T : class
    {
        var known = _known.GetOrAdd(key, static _ => []);
        foreach (var (files, result) in known)
        {
            if (result is T typed && files.AnswersAlike(tree))
            {
                Interlocked.Increment(ref _hits);
                return typed;
            }
        }

        Interlocked.Increment(ref _misses);
        var recording = new RecordingFileTree(tree);
        var rendered = render(recording);
        known.Add((recording, rendered));
        return rendered;
    }

    /// <summary>The result for this key and this very object, such as a chart that was loaded once.</summary>
    public T Get<T>(string key, object origin, Func<T> render)
        where T : class
    {
        var known = _derived.GetOrAdd(key, static _ => []);
        foreach (var (from, result) in known)
        {
            if (ReferenceEquals(from, origin) && result is T typed)
            {
                Interlocked.Increment(ref _hits);
                return typed;
            }
        }

        Interlocked.Increment(ref _misses);
        var rendered = render();
        known.Add((origin, rendered));
        return rendered;
    }
}
