using Spectre.Console;
using Weir.Cli.Getting;
using Weir.Sources.Git;
using Weir.Sources.Mirrors;

namespace Weir.Cli.Up;

/// <summary>A run of <c>weir up</c>: starts the clusters, follows the repository, shows the state, and stops cleanly.</summary>
internal sealed class UpSession(UpOptions options, TextWriter output)
{
    private static readonly TimeSpan LocalPoll = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan RemotePoll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReadyPoll = TimeSpan.FromMilliseconds(50);

    private readonly List<EmbeddedCluster> _clusters = [];
    private string _commit = "";

    /// <summary>Runs until everything is Ready (<c>--once</c>) or until cancelled.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var state = StateDirectory();
        var git = new GitProgram();
        var repository = await FleetRepository.OpenAsync(options.Repository, options.Branch, state, git, cancellationToken);
        _commit = await repository.UpdateAsync(options.IncludeWorktree, cancellationToken);
        var plans = await ClusterPlan.FindAsync(repository, _commit, options.Path, cancellationToken);
        var mirrors = await MirrorsAsync(repository, plans, cancellationToken);
        try
        {
            await StartClustersAsync(plans, state, mirrors, cancellationToken);
            var kubeconfig = WriteKubeconfig(plans, state);
            output.WriteLine($"Fleet {options.Repository} at {repository.Branch}@{_commit[..8]}: {string.Join(", ", plans.Select(p => p.Name))}");
            output.WriteLine($"export KUBECONFIG={kubeconfig}");
            foreach (var (cluster, plan) in _clusters.Zip(plans))
            {
                await cluster.ApplyRootAsync(repository.Url, repository.Branch, plan.Path, cancellationToken);
            }

            return await FollowAsync(repository, cancellationToken);
        }
        finally
        {
            await Task.WhenAll(_clusters.Select(c => c.DisposeAsync().AsTask()));
            if (options.DataDirectory is null)
            {
                Directory.Delete(Path.Combine(state, "clusters"), recursive: true);
            }
        }
    }

    private async Task StartClustersAsync(
        IReadOnlyList<ClusterPlan> plans, string state, SourceMirrors mirrors, CancellationToken cancellationToken)
    {
        var isTerminal = !Console.IsOutputRedirected;
        var lines = isTerminal ? null : new StatusLines(output);
        var starts = plans.Select(p => EmbeddedCluster.StartAsync(
            p.Name, Path.Combine(state, "clusters", p.Name), options.DataDirectory is not null, mirrors, options.Concurrency, cancellationToken)).ToList();
        foreach (var start in starts)
        {
            var cluster = await start;
            _clusters.Add(cluster);
            if (lines is not null)
            {
                cluster.Status.ObjectChanged += lines.Show;
            }
        }
    }

    private async Task<int> FollowAsync(FleetRepository repository, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var screen = Console.IsOutputRedirected ? Task.CompletedTask : StatusTable.RunAsync([.. _clusters.Select(c => c.Status)], end.Token);
        var following = FollowRepositoryAsync(repository, end.Token);
        try
        {
            if (!options.Once)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return 0;
            }

            var isReady = await WaitUntilReadyAsync(cancellationToken);
            await end.CancelAsync();
            await screen;
            return isReady ? Succeed() : Fail();
        }
        finally
        {
            await end.CancelAsync();
            await screen;
            await following;
        }
    }

    private async Task FollowRepositoryAsync(FleetRepository repository, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(repository.IsLocal ? LocalPoll : RemotePoll, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                var commit = await repository.UpdateAsync(options.IncludeWorktree, cancellationToken);
                if (commit != _commit)
                {
                    _commit = commit;
                    await Task.WhenAll(_clusters.Select(c => c.ReconcileSourceAsync(cancellationToken)));
                }
            }
            catch (CommandFailure)
            {
                // A rebase or a lost network: the next look will find a whole repository again.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<bool> WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        while (!_clusters.All(c => c.Status.IsReady(_commit)))
        {
            await Task.Delay(ReadyPoll, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (limit.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }

    private int Succeed()
    {
        foreach (var cluster in _clusters)
        {
            output.WriteLine($"✔ {cluster.Status.Name}: {cluster.Status.Objects.Count} objects Ready at {_commit[..8]}");
        }

        return 0;
    }

    private int Fail()
    {
        foreach (var cluster in _clusters)
        {
            var unready = RootCause.Order(cluster.Status.Objects);
            output.WriteLine($"✗ {cluster.Status.Name}: {unready.Count} of {cluster.Status.Objects.Count} objects are not Ready after {options.Timeout.TotalSeconds:0} s");
            foreach (var (value, waitsFor) in unready)
            {
                var row = FluxRow.Of(value);
                output.WriteLine($"  {RootCause.Label(value)}: {(row.Reason.Length > 0 ? row.Reason : "Pending")}: {row.Message}");
                if (waitsFor.Count > 0)
                {
                    output.WriteLine($"    waits for {string.Join(", ", waitsFor)}");
                }
            }
        }

        return 1;
    }

    private async Task<SourceMirrors> MirrorsAsync(FleetRepository repository, IReadOnlyList<ClusterPlan> plans, CancellationToken cancellationToken)
    {
        var mirrors = new List<SourceMirror>(options.Mirrors);
        if (await repository.ReadAsync(_commit, MirrorArguments.FileName, cancellationToken) is { } text)
        {
            var root = repository.IsLocal ? Path.GetFullPath(options.Repository) : Environment.CurrentDirectory;
            mirrors.AddRange(MirrorArguments.ReadFile(text, root));
        }

        // The fleet itself is answered from our own copy of its commits, under every URL that it knows itself by.
        mirrors.AddRange(plans.Select(p => p.BootstrapUrl).Append(repository.Url).OfType<string>().Distinct()
            .Select(url => new SourceMirror(url, repository.BareRepository, repository.Directory)));
        return new SourceMirrors(mirrors);
    }

    private string WriteKubeconfig(IReadOnlyList<ClusterPlan> plans, string state)
    {
        var path = Path.GetFullPath(options.KubeconfigOut ?? Path.Combine(state, "kubeconfig"));
        KubeconfigFile.Write(path, KubeconfigFile.Join(plans.Zip(_clusters, (p, c) => (p.Name, c.Kubeconfig))));
        return path;
    }

    private string StateDirectory()
    {
        var state = options.DataDirectory is { } kept
            ? Path.GetFullPath(kept)
            : Path.Combine(StateHome(), "weir", "up", FleetRepository.StateName(options.Repository));
        Directory.CreateDirectory(state);
        return state;
    }

    private static string StateHome() =>
        Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
}
