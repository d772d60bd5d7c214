using System.Globalization;
using System.Text;
using Weir.Controllers;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Engine;

/// <summary>Writes log lines with the fields of Flux's controllers, as JSON or for a person's eyes.</summary>
internal sealed class StructuredLog : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LogLevel _level;
    private readonly bool _isJson;
    private readonly TextWriter _output;
    private readonly StreamWriter? _file;
    private readonly TimeProvider _time;

    /// <param name="output">Where lines go.</param>
    /// <param name="file">A file that gets every line as JSON too, or <see langword="null"/>.</param>
    /// <param name="level"><c>trace</c>, <c>debug</c>, <c>info</c> or <c>error</c>.</param>
    /// <param name="encoding"><c>json</c> or <c>console</c>.</param>
    /// <param name="time">The clock of the lines.</param>
    /// <exception cref="CommandFailure">The level or the encoding is not known, or the file cannot be written.</exception>
    public StructuredLog(TextWriter output, string? file, string level, string encoding, TimeProvider time)
    {
        _level = level switch
        {
            "trace" => LogLevel.Trace,
            "debug" => LogLevel.Debug,
            "info" => LogLevel.Info,
            "error" => LogLevel.Error,
            _ => throw new CommandFailure($"--log-level '{level}' is not known; it is trace, debug, info or error"),
        };
        _isJson = encoding switch
        {
            "json" => true,
            "console" => false,
            _ => throw new CommandFailure($"--log-encoding '{encoding}' is not known; it is json or console"),
        };
        (_output, _time) = (output, time);
        try
        {
            _file = file is null ? null : new StreamWriter(new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"cannot write the log {file}: {e.Message}");
        }
    }

    public void Write(LogEntry entry)
    {
        if (entry.Level < _level)
        {
            return;
        }

        var time = _time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var fields = Fields(entry);
        var json = _isJson || _file is not null ? Json(entry, time, fields) : "";
        lock (_lock)
        {
            _output.WriteLine(_isJson ? json : Text(entry, time, fields));
            _file?.WriteLine(json);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static string Json(LogEntry entry, string time, MapValue fields)
    {
        var line = new MapValue { ["level"] = Name(entry.Level), ["ts"] = time, ["msg"] = entry.Message };
        foreach (var (key, value) in fields)
        {
            line[key] = value;
        }

        return JsonWriter.Write(line, new() { KeepOrder = true, EscapeHtml = false });
    }

    private static string Text(LogEntry entry, string time, MapValue fields)
    {
        var text = new StringBuilder(time).Append('\t').Append(Name(entry.Level).ToUpperInvariant()).Append('\t').Append(entry.Message);
        if (fields.Count > 0)
        {
            text.Append('\t').Append(JsonWriter.Write(fields, new() { KeepOrder = true, EscapeHtml = false }));
        }

        return text.ToString();
    }

    private static MapValue Fields(LogEntry entry)
    {
        var fields = new MapValue();
        if (entry.Kind.Length > 0)
        {
            fields["controller"] = entry.Kind.ToLowerInvariant();
            fields["controllerGroup"] = entry.Group;
            fields["controllerKind"] = entry.Kind;
            fields[entry.Kind] = new MapValue { ["name"] = entry.Object.Name, ["namespace"] = entry.Object.Namespace };
            fields["namespace"] = entry.Object.Namespace;
            fields["name"] = entry.Object.Name;
        }

        foreach (var (name, text) in (ReadOnlySpan<(string, string)>)
            [("reconcileID", entry.ReconcileId), ("trace_id", entry.TraceId), ("error", entry.ErrorText), ("stacktrace", entry.Error?.ToString() ?? "")])
        {
            if (text.Length > 0)
            {
                fields[name] = text;
            }
        }

        return fields;
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Info => "info",
        _ => "error",
    };
}
