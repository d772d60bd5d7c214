using System.Globalization;
using System.Runtime.CompilerServices;

namespace Weir.Cli.Logs;

/// <summary>The log that a local engine wrote into a file, read as the log of a pod is.</summary>
internal sealed class FileLog(string path, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    public int? Tail { get; init; }

    public DateTimeOffset? Since { get; init; }

    public bool Follows { get; init; }

    /// <exception cref="CommandFailure">The file cannot be read.</exception>
    public async IAsyncEnumerable<string> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = Open();
        var held = new Queue<string>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (IsYoungEnough(line))
            {
                held.Enqueue(line);
                if (held.Count > Tail)
                {
                    held.Dequeue();
                }
            }
        }

        foreach (var line in held)
        {
            yield return line;
        }

        while (Follows)
        {
            if (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                yield return line;
            }
            else
            {
                await Task.Delay(LookEvery, time, cancellationToken);
            }
        }
    }

    private bool IsYoungEnough(string line) =>
        Since is not { } since
        || (LogLine.Parse(line) is { } parsed && DateTimeOffset.TryParse(parsed.Timestamp, CultureInfo.InvariantCulture, out var at) && at >= since);

    private StreamReader Open()
    {
        try
        {
            return new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"cannot read the log {path}: {e.Message}");
        }
    }
}
