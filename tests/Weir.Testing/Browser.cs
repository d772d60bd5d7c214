using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Testing;

/// <summary>One page of a real Chromium without a window, driven over its DevTools protocol: what a user sees, and what the page asks of the network.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _answers = new();
    private TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private string? _session;
    private int _last;

    private Browser(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>The program, or <see langword="null"/> when there is none on the PATH.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(static d => Names.Select(n => Path.Combine(d, n))).FirstOrDefault(File.Exists);

    /// <summary>Every address that the page asked for, itself among them.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Errors of scripts, and what the page's policy refused.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    public static async Task<Browser> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("weir-browser-").FullName;
        var start = new ProcessStartInfo(Program ?? throw new InvalidOperationException("there is no chromium"))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
                "--disable-background-networking", "--disable-component-update", "--window-size=1280,1600", "--remote-debugging-address=127.0.0.1", "--remote-debugging-port=0",
                $"--user-data-dir={profile}", "about:blank",
            },
        };
        var browser = new Browser(Process.Start(start)!, profile);
        try
        {
            await browser.ConnectAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens an address and waits until it is loaded.</summary>
    public async Task OpenAsync(string address)
    {
        _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync("Page.navigate", new JsonObject { ["url"] = address });
        await _loaded.Task.WaitAsync(Limit);
    }

    /// <summary>The value of a JavaScript expression; <see langword="null"/> for null and undefined.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        return answer?["exceptionDetails"] is { } error ? throw new InvalidOperationException($"{expression}: {error}") : answer?["result"]?["value"];
    }

    /// <summary>Presses one key: a character, or a name such as <c>Enter</c>, <c>Escape</c> or <c>Tab</c>.</summary>
    public async Task PressAsync(string key)
    {
        var code = key switch { "Enter" => 13, "Escape" => 27, "Tab" => 9, " " => 32, _ => char.ToUpperInvariant(key[0]) };
        var text = key switch { "Enter" => "\r", "Escape" or "Tab" => null, _ => key };
        var down = new JsonObject { ["type"] = text is null ? "rawKeyDown" : "keyDown", ["key"] = key, ["windowsVirtualKeyCode"] = code };
        if (text is not null)
        {
            down["text"] = text;
        }

        await SendAsync("Input.dispatchKeyEvent", down);
        await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key, ["windowsVirtualKeyCode"] = code });
    }

    public async Task TypeAsync(string text)
    {
        foreach (var c in text)
        {
            await PressAsync(c.ToString());
        }
    }

    /// <summary>Asks for <c>light</c> or <c>dark</c>, as a user's system does.</summary>
    public Task PreferAsync(string scheme) => SendAsync("Emulation.setEmulatedMedia", new JsonObject
    {
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
    });

    /// <summary>The page as a PNG.</summary>
    public async Task<byte[]> PictureAsync() =>
        Convert.FromBase64String((string)(await SendAsync("Page.captureScreenshot", []))!["data"]!);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _socket.Dispose();
        _sending.Dispose();
        _end.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A child of the browser may still write there; the folder is a temporary one.
        }
    }

    private async Task ConnectAsync()
    {
        _ = _process.StandardOutput.ReadToEndAsync();
        const string Greeting = "DevTools listening on ";
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync().WaitAsync(Limit) ?? throw new InvalidOperationException("chromium ended at once");
        }
        while (!line.StartsWith(Greeting, StringComparison.Ordinal));
        _ = _process.StandardError.ReadToEndAsync();
        await _socket.ConnectAsync(new Uri(line[Greeting.Length..]), _end.Token);
        _reading = ReadAsync();
        var target = await SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        var attached = await SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = (string)target!["targetId"]!, ["flatten"] = true });
        _session = (string)attached!["sessionId"]!;
        foreach (var domain in new[] { "Page", "Network", "Runtime", "Log" })
        {
            await SendAsync($"{domain}.enable", []);
        }
    }

    private async Task<JsonNode?> SendAsync(string method, JsonObject parameters)
    {
        var id = Interlocked.Increment(ref _last);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null)
        {
            message["sessionId"] = _session;
        }

        var answer = _answers[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _sending.WaitAsync(_end.Token);
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, _end.Token);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(Limit);
    }

    private async Task ReadAsync()
    {
        var piece = new byte[65_536];
        using var text = new MemoryStream();
        while (!_end.IsCancellationRequested)
        {
            text.SetLength(0);
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(piece.AsMemory(), _end.Token);
                text.Write(piece, 0, part.Count);
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            Take(JsonNode.Parse(text.GetBuffer().AsSpan(0, (int)text.Length))!);
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is { } id)
        {
            if (_answers.TryRemove((int)id, out var answer))
            {
                if (message["error"] is { } error)
                {
                    answer.SetException(new InvalidOperationException(error.ToJsonString()));
                }
                else
                {
                    answer.SetResult(message["result"]);
                }
            }

            return;
        }

        var parameters = message["params"];
        switch ((string?)message["method"])
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Network.requestWillBeSent":
                Requests.Enqueue((string)parameters!["request"]!["url"]!);
                break;
            case "Runtime.exceptionThrown":
                Complaints.Enqueue(parameters!["exceptionDetails"]!.ToJsonString());
                break;
            case "Log.entryAdded" when (string?)parameters!["entry"]!["level"] == "error":
                Complaints.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{parameters["entry"]!["source"]}: {parameters["entry"]!["text"]}"));
                break;
        }
    }
}
