using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Weir.Sources.Git;

/// <summary>
/// Reads the objects of a repository through one <c>git cat-file</c> that stays open. What was read is kept: the same blob
/// is the same memory, whatever commit it was reached from. May be used from many threads.
/// </summary>
public sealed class GitObjects : IDisposable
{
    private readonly GitProgram _git;
    private readonly string _repository;
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _blobs = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private Process? _reader;

    /// <param name="git">The git program.</param>
    /// <param name="repository">A directory of the repository.</param>
    public GitObjects(GitProgram git, string repository)
    {
        ArgumentNullException.ThrowIfNull(git);
        _git = git;
        _repository = repository;
    }

    /// <summary>The files of a commit, below a directory of it when one is named.</summary>
    /// <exception cref="SourceException">There is no such commit or directory.</exception>
    public async Task<GitTree> TreeAsync(string commit, string directory, CancellationToken cancellationToken)
    {
        var name = directory.Length == 0 ? commit : $"{commit}:{directory}";
        var result = await _git.RunAsync(_repository, ["ls-tree", "-r", "-z", "--full-tree", name], cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            throw new SourceException($"cannot read the files of '{name}': {result.Error.Trim()}", SourceFailure.NotFound);
        }

        return new GitTree(this, Encoding.UTF8.GetString(result.Output).Split('\0', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The bytes of a blob.</summary>
    /// <exception cref="SourceException">The repository does not have it.</exception>
    public ReadOnlyMemory<byte> Read(string id)
    {
        if (_blobs.TryGetValue(id, out var known))
        {
            return known;
        }

        lock (_lock)
        {
            return _blobs.GetOrAdd(id, Fetch);
        }
    }

    public void Dispose()
    {
        if (_reader is { } reader)
        {
            reader.StandardInput.Close();
            reader.WaitForExit();
            reader.Dispose();
        }
    }

    private ReadOnlyMemory<byte> Fetch(string id)
    {
        _reader ??= _git.Start(_repository, ["cat-file", "--batch"]);
        _reader.StandardInput.BaseStream.Write(Encoding.ASCII.GetBytes(id + "\n"));
        _reader.StandardInput.BaseStream.Flush();
        var output = _reader.StandardOutput.BaseStream;
        var header = ReadLine(output);

        // <id> SP blob SP <size>
        var parts = header.Split(' ');
        if (parts.Length != 3)
        {
            throw new SourceException($"the repository has no object {id}; is it a shallow clone?", SourceFailure.NotFound);
        }

        var content = new byte[int.Parse(parts[2], CultureInfo.InvariantCulture)];
        output.ReadExactly(content);
        output.ReadByte();
        return content;
    }

    private static string ReadLine(Stream stream)
    {
        var line = new StringBuilder();
        for (var next = stream.ReadByte(); next is not ('\n' or -1); next = stream.ReadByte())
        {
            line.Append((char)next);
        }

        return line.ToString();
    }
}
