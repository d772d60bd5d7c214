using System.Collections.Concurrent;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>Remembers every answer of a tree, so that the same questions can be put to another one.</summary>
internal sealed class RecordingFileTree(IFileTree tree) : IFileTree
{
    private readonly ConcurrentDictionary<(Question Question, string Path), object?> _answers = new();

    private enum Question
    {
        FileExists,
        DirectoryExists,
        Read,
        List,
        Resolve,
    }

    public bool FileExists(string path) => (bool)Ask(Question.FileExists, path)!;

    public bool DirectoryExists(string path) => (bool)Ask(Question.DirectoryExists, path)!;

    public ReadOnlyMemory<byte>? TryRead(string path) => (ReadOnlyMemory<byte>?)Ask(Question.Read, path);

    public IReadOnlyList<FileTreeEntry> List(string directory) => (IReadOnlyList<FileTreeEntry>)Ask(Question.List, directory)!;

    public string? Resolve(string path) => (string?)Ask(Question.Resolve, path);

    /// <summary>True when another tree answers everything that was asked in the same way.</summary>
    public bool AnswersAlike(IFileTree other)
    {
        foreach (var ((question, path), answer) in _answers)
        {
            if (!Same(answer, Ask(other, question, path)))
            {
                return false;
            }
        }

        return true;
    }

    private object? Ask(Question question, string path) =>
        _answers.GetOrAdd((question, path), static (key, inner) => Ask(inner, key.Question, key.Path), tree);

    private static object? Ask(IFileTree tree, Question question, string path) => question switch
    {
        Question.FileExists => tree.FileExists(path),
        Question.DirectoryExists => tree.DirectoryExists(path),
        Question.Read => tree.TryRead(path),
        Question.List => tree.List(path),
        _ => tree.Resolve(path),
    };

    private static bool Same(object? left, object? right) => (left, right) switch
    {
        // The same blob of a repository is the same memory.
        (ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b) => a.Equals(b) || a.Span.SequenceEqual(b.Span),
        (IReadOnlyList<FileTreeEntry> a, IReadOnlyList<FileTreeEntry> b) => a.SequenceEqual(b),
        _ => Equals(left, right),
    };
}
