using System.Diagnostics;
using System.Globalization;

namespace Weir.Benchmarks;

/// <summary>A run of a program whose lines and memory are watched from outside (Linux).</summary>
internal sealed class MeasuredProcess : IDisposable
{
    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<(Func<string, bool> Condition, TaskCompletionSource<TimeSpan> Seen)> _waits = [];
    private readonly long _started = Stopwatch.GetTimestamp();

    private MeasuredProcess(Process process) => _process = process;

    /// <summary>The most memory it was seen to hold, in MiB.</summary>
    public long PeakMegabytes { get; private set; }

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public static MeasuredProcess Start(string program, string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_STATE_HOME"] = Path.Combine(directory, ".state");
        var process = new Process { StartInfo = start };
        var measured = new MeasuredProcess(process);
        process.OutputDataReceived += (_, e) => measured.See(e.Data);
        process.ErrorDataReceived += (_, e) => measured.See(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return measured;
    }

    /// <summary>When a line that fits is printed, counted from the start. Ask before it can come.</summary>
    public Task<TimeSpan> LineAsync(Func<string, bool> condition)
    {
        var seen = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waits.Add((condition, seen));
        }

        return seen.Task;
    }

    /// <summary>Runs to the end, looking at its memory on the way.</summary>
    public int Exit()
    {
        while (!_process.WaitForExit(20))
        {
            LookAtMemory();
        }

        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan CpuTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    /// <summary>What it holds now, in MiB.</summary>
    public long Megabytes()
    {
        _process.Refresh();
        return _process.WorkingSet64 / 1048576;
    }

    /// <summary>Reads the peak of its resident memory.</summary>
    public void LookAtMemory()
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{_process.Id}/status"))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                {
                    PeakMegabytes = long.Parse(line.AsSpan(6).Trim()[..^3], CultureInfo.InvariantCulture) / 1024;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended between two looks.
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void See(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var (condition, seen) in _waits)
            {
                if (condition(line))
                {
                    seen.TrySetResult(Elapsed);
                }
            }
        }
    }
}
