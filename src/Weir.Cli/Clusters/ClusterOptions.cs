using System.CommandLine;
using Weir.Kubernetes.Client;

namespace Weir.Cli.Clusters;

/// <summary>The options that name a cluster, as kubectl and flux spell them, and the client they lead to.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> _kubeconfig = new("--kubeconfig")
    {
        Description = "Path of the kubeconfig; without it the KUBECONFIG variable, then ~/.kube/config",
        HelpName = "FILE",
    };

    private readonly Option<string?> _context = new("--context")
    {
        Description = "The kubeconfig context to use",
        HelpName = "NAME",
    };

    private readonly Option<string> _namespace = new("--namespace", "-n")
    {
        Description = "The namespace to look in",
        HelpName = "NAME",
        DefaultValueFactory = _ => "flux-system",
    };

    /// <summary>Adds the options to a command and everything below it.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _kubeconfig, _context, _namespace })
        {
            option.Recursive = true;
            command.Options.Add(option);
        }
    }

    public string Namespace(ParseResult result) => result.GetValue(_namespace)!;

    /// <summary>A client of the cluster that the options name.</summary>
    /// <exception cref="CommandFailure">The kubeconfig cannot be found or used.</exception>
    /// <param name="result">What was written on the command line.</param>
    /// <param name="mayRunInside">Whether a pod uses the cluster that it runs in when no kubeconfig is named.</param>
    public KubernetesClient Connect(ParseResult result, bool mayRunInside = false)
    {
        var (named, context) = (result.GetValue(_kubeconfig), result.GetValue(_context));
        var inside = mayRunInside && named is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KUBECONFIG")) ? InClusterConnection.Find() : null;
        return new(inside ?? Connection(named, context));
    }

    private static ClusterConnection Connection(string? named, string? context)
    {
        var path = named ?? KubeconfigPath();
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"cannot read the kubeconfig {path}: {e.Message}; name one with --kubeconfig or KUBECONFIG");
        }

        var parsed = KubeConfigReader.Read(text, Path.GetDirectoryName(Path.GetFullPath(path)), context);
        return parsed.TryGet(out var connection)
            ? connection
            : throw new CommandFailure(string.Join("\n", parsed.Diagnostics));
    }

    private static string KubeconfigPath()
    {
        var variable = Environment.GetEnvironmentVariable("KUBECONFIG");
        if (!string.IsNullOrEmpty(variable))
        {
            var files = variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
            return files.FirstOrDefault(File.Exists) ?? files[0];
        }

        return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");
    }
}
