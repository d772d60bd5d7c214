using System.CommandLine;
using System.Net;
using Weir.ApiServer;
using Weir.Cli.Help;

namespace Weir.Cli.Commands;

/// <summary><c>weir apiserver</c>: the embedded Kubernetes API alone.</summary>
internal static class ApiServerCommand
{
    internal static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Port to listen on; 0 takes a free one.", DefaultValueFactory = _ => 6443 };
        var bind = new Option<string>("--bind-address") { Description = "Address to listen on.", DefaultValueFactory = _ => "127.0.0.1" };
        var data = new Option<string?>("--data-dir") { Description = "Keep objects in this directory; in memory only without it." };
        var kubeconfig = new Option<string?>("--kubeconfig-out") { Description = "Write the administrator's kubeconfig here." };
        var tokens = new Option<string?>("--token-auth-file") { Description = "Static bearer tokens: a CSV file of token,user,uid,\"group,group\"." };
        var simulate = new Option<string>("--simulate") { Description = "Controllers of workloads to imitate.", DefaultValueFactory = _ => "all" };
        simulate.AcceptOnlyFromAmong("all", "none");
        var webhooks = new Option<string>("--webhooks") { Description = "What becomes of admission webhooks that cannot be called.", DefaultValueFactory = _ => "ignore" };
        webhooks.AcceptOnlyFromAmong("ignore", "fail");
        var command = new WeirCommand("apiserver", "Runs the embedded Kubernetes API alone, until it is interrupted.")
        {
            ExitCodes = [(0, "stopped by SIGTERM or Ctrl-C"), (1, "could not start")],
            Examples =
            [
                ("weir apiserver --port 6443", "listen on loopback and print the administrator's kubeconfig"),
                ("weir apiserver --port 0 --data-dir ~/.weir", "keep objects between runs"),
            ],
        };
        foreach (var option in (Option[])[port, bind, data, kubeconfig, tokens, simulate, webhooks])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            if (!IPAddress.TryParse(parsed.GetValue(bind), out var address))
            {
                await Console.Error.WriteLineAsync($"weir apiserver: --bind-address {parsed.GetValue(bind)} is no IP address").ConfigureAwait(false);
                return 1;
            }

            var options = new ApiServerOptions
            {
                Port = parsed.GetValue(port),
                BindAddress = address,
                DataDirectory = parsed.GetValue(data),
                TokenAuthFile = parsed.GetValue(tokens),
                PublishesRootCertificate = parsed.GetValue(simulate) == "all",
                Simulation = parsed.GetValue(simulate) == "all" ? new SimulationOptions() : null,
                WebhooksFail = parsed.GetValue(webhooks) == "fail",
            };
            return await RunAsync(options, parsed.GetValue(kubeconfig), cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(ApiServerOptions options, string? kubeconfig, CancellationToken cancellation)
    {
        ApiServerHost host;
        try
        {
            host = await ApiServerHost.StartAsync(options, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"weir apiserver: {exception.Message}").ConfigureAwait(false);
            return 1;
        }

        await using (host.ConfigureAwait(false))
        {
            var file = kubeconfig ?? Path.Combine(options.DataDirectory ?? Path.GetTempPath(), $"weir-{host.Address.Port}.kubeconfig");
            host.WriteAdminKubeconfig(file);
            await Console.Out.WriteLineAsync($"The Kubernetes API is at {host.Address.GetLeftPart(UriPartial.Authority)}\nexport KUBECONFIG={file}").ConfigureAwait(false);
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Interrupted: stop in order.
            }
        }

        return 0;
    }
}
