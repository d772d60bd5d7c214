using System.Diagnostics;
using System.Text;

namespace Weir.EndToEnd.Tests;

/// <summary>A run of the real program, with all that it prints.</summary>
internal sealed class WeirProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Lock _lock = new();
    private readonly List<(Func<string, bool> Condition, TaskCompletionSource Seen)> _waits = [];

    private WeirProcess(Process process) => _process = process;

    public string Output
    {
        get
        {
            lock (_lock)
            {
                return _output.ToString();
            }
        }
    }

    public int Id => _process.Id;

    /// <summary>Starts <c>weir</c> as built beside these tests.</summary>
    public static WeirProcess Start(string directory, params string[] arguments) => Start(directory, new Dictionary<string, string>(), arguments);

    /// <summary>Starts <c>weir</c> with more variables in its environment.</summary>
    public static WeirProcess Start(string directory, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "weir.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["XDG_STATE_HOME"] = Path.Combine(directory, ".state");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var weir = new WeirProcess(process);
        process.OutputDataReceived += (_, e) => weir.Append(e.Data);
        process.ErrorDataReceived += (_, e) => weir.Append(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return weir;
    }

    /// <summary>Runs to the end.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(string directory, params string[] arguments) => RunAsync(directory, new Dictionary<string, string>(), arguments);

    /// <summary>Runs to the end with more variables in its environment.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string directory, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        await using var weir = Start(directory, environment, arguments);
        return (await weir.ExitAsync(TimeSpan.FromMinutes(3)), weir.Output);
    }

    /// <summary>Waits for a text in the output.</summary>
    public Task SeesAsync(string text, TimeSpan limit) => SeesAsync(output => output.Contains(text, StringComparison.Ordinal), $"'{text}'", limit);

    public async Task SeesAsync(Func<string, bool> condition, string what, TimeSpan limit)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (condition(_output.ToString()))
            {
                return;
            }

            _waits.Add((condition, seen));
        }

        if (await Task.WhenAny(seen.Task, Task.Delay(limit), _process.WaitForExitAsync()) != seen.Task && !condition(Output))
        {
            Assert.Fail($"did not see {what} within {limit.TotalSeconds:0} s; output:\n{Output}");
        }
    }

    /// <summary>Waits for the end and answers the exit code.</summary>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        using var end = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"did not end within {limit.TotalSeconds:0} s; output:\n{Output}");
        }

        return _process.ExitCode;
    }

    /// <summary>Kills at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks to stop, as Ctrl-C does.</summary>
    public Task<int> InterruptAsync() => SignalAsync("-INT");

    /// <summary>Asks to stop, as Kubernetes does.</summary>
    public Task<int> TerminateAsync() => SignalAsync("-TERM");

    private async Task<int> SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await ExitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Append(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _output.AppendLine(line);
            var text = _output.ToString();
            foreach (var (condition, seen) in _waits)
            {
                if (condition(text))
                {
                    seen.TrySetResult();
                }
            }
        }
    }
}
