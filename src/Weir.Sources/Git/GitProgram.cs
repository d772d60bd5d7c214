using System.Diagnostics;
using System.Text;

namespace Weir.Sources.Git;

/// <summary>
/// Runs the <c>git</c> program. Arguments travel as a list, never through a shell; git asks no questions, reads no
/// configuration of the machine or the user, and its messages are in English.
/// </summary>
public sealed class GitProgram
{
    private readonly string _program;

    /// <param name="program">The program to run; <c>git</c> from the PATH unless named.</param>
    public GitProgram(string program = "git") => _program = program;

    /// <summary>
    /// Runs git to its end. A cancelled call kills the process with all that it started.
    /// </summary>
    /// <param name="directory">Where git runs; <see langword="null"/> for the current directory.</param>
    /// <param name="arguments">The arguments, one item each.</param>
    /// <param name="environment">Variables to add; a <see langword="null"/> value removes one.</param>
    /// <param name="input">What git reads on its standard input.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>The exit code and all output, whatever the code is.</returns>
    /// <exception cref="InvalidOperationException">The git program cannot be started.</exception>
    public async Task<GitResult> RunAsync(
        string? directory,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string?>? environment,
        ReadOnlyMemory<byte> input,
        CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(directory, arguments, environment) };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"cannot run '{_program}': {e.Message}; install git or put it on the PATH", e);
        }

        try
        {
            var output = ReadAllAsync(process.StandardOutput.BaseStream, cancellationToken);
            var error = ReadAllAsync(process.StandardError.BaseStream, cancellationToken);
            await WriteInputAsync(process, input, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new GitResult(process.ExitCode, await output, Encoding.UTF8.GetString(await error));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Runs git without further environment or input.</summary>
    public Task<GitResult> RunAsync(string? directory, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(directory, arguments, null, default, cancellationToken);

    /// <summary>Starts git for a conversation over its standard input and output. Whoever starts it ends it.</summary>
    internal Process Start(string directory, IReadOnlyList<string> arguments)
    {
        var process = new Process { StartInfo = StartInfo(directory, arguments, null) };
        process.Start();
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private ProcessStartInfo StartInfo(string? directory, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment)
    {
        var start = new ProcessStartInfo(_program)
        {
            WorkingDirectory = directory ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // Whoever started us may stand inside a repository (a hook, a rebase); its variables are not for ours.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_ASKPASS"] = "/bin/false";
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        // Repositories of other owners are read, never run: hooks and filters of theirs stay off.
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("safe.directory=*");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("core.hooksPath=/dev/null");
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }

    private static async Task WriteInputAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Git ended before it read everything; its exit code tells why.
        }
    }
}
