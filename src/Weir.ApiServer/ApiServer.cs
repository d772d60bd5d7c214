using Microsoft.AspNetCore.Http;
using Weir.ApiServer.Authentication;
using Weir.ApiServer.Authorization;
using Weir.ApiServer.Discovery;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Lifecycle;
using Weir.ApiServer.OpenApi;
using Weir.ApiServer.Reading;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Reviews;
using Weir.ApiServer.Simulation;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Subresources;
using Weir.ApiServer.Watching;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;

namespace Weir.ApiServer;

/// <summary>The parts of the server wired together, and the way of a request through them.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ObjectStore _store;
    private readonly ResourceCatalog _catalog;
    private readonly Authenticator _authenticator;
    private readonly Impersonation _impersonation;
    private readonly RbacAuthorizer _authorizer;
    private readonly GetHandler _getter;
    private readonly ListHandler _lister;
    private readonly WatchHandler _watcher;
    private readonly WriteHandler _writing;
    private readonly DiscoveryHandler _discovery;
    private readonly OpenApiHandler _openApi;
    private readonly SubresourceHandler _subresources;
    private readonly ReviewHandler _reviews;
    private readonly AggregatedApis _aggregated;
    private readonly ServiceAddresses _addresses;
    private readonly Admission.AdmissionChain _policies;
    private readonly Admission.ResourceQuotas _quotas;
    private readonly ClusterControllers _controllers;
    private readonly SimulatedWorkloads? _workloads;

    private ApiServer(ApiServerOptions options, ServerCertificates certificates, string adminToken, IRevisionLog log)
    {
        var time = options.Time;
        _store = new ObjectStore(log);
        _catalog = new ResourceCatalog(_store);
        _authorizer = new RbacAuthorizer(_store);
        var tokens = new TokenFile();
        tokens.Add(adminToken, "kubernetes-admin", "", [UserInfo.MastersGroup]);
        if (options.TokenAuthFile is { } file)
        {
            tokens.Add(File.ReadAllText(file), file);
        }

        var key = DataDirectory.Key(options.DataDirectory, "sa.key");
        var accountTokens = new ServiceAccountTokens(key, _store.Table("serviceaccounts"), time);
        _authenticator = new Authenticator(tokens, accountTokens, certificates, time);
        _impersonation = new Impersonation(_authorizer);
        var ownership = new Ownership(_catalog);
        _addresses = new ServiceAddresses(_store);
        _quotas = new Admission.ResourceQuotas(_store, _catalog);
        _policies = new Admission.AdmissionChain(_store, _catalog, _authorizer, options.WebhooksFail);
        var writer = new ObjectWriter(_store, ownership, _addresses, new Admission.Admission(_store, _authorizer), time)
        {
            Policies = _policies,
            Quotas = _quotas,
        };
        _getter = new GetHandler(_store, time);
        _lister = new ListHandler(_store, time);
        _watcher = new WatchHandler(_store, time, _stopping.Token);
        _writing = new WriteHandler(writer, _getter, _lister, new Patcher(writer, ownership, time));
        _discovery = new DiscoveryHandler(_catalog);
        _openApi = new OpenApiHandler(_catalog);
        _subresources = new SubresourceHandler(_getter, _writing, new ScaleHandler(writer, ownership, time), new TokenHandler(accountTokens, time), new EvictionHandler(writer, new DisruptionBudgets(_store)));
        _aggregated = new AggregatedApis(_store);
        _reviews = new ReviewHandler(_authenticator, _authorizer, ownership, time);
        _controllers = new ClusterControllers(_store, _catalog, writer, options.PublishesRootCertificate ? () => certificates.AuthorityPem : null, time, _stopping.Token);
        _workloads = options.Simulation is { } simulation ? new SimulatedWorkloads(_store, _catalog, writer, _quotas, time, simulation, _stopping.Token) : null;
    }

    public static async Task<ApiServer> CreateAsync(ApiServerOptions options, ServerCertificates certificates, string adminToken)
    {
        IRevisionLog log = options.DataDirectory is null ? new MemoryRevisionLog() : new SqliteRevisionLog(Path.Combine(options.DataDirectory, "objects.db"));
        var server = new ApiServer(options, certificates, adminToken, log);
        await server._controllers.PrepareAsync().ConfigureAwait(false);
        return server;
    }

    /// <summary>Makes what every cluster has and starts the server's own controllers.</summary>
    public void Start(Uri address)
    {
        _discovery.Address = address.Authority;
        _controllers.Start();
        _workloads?.Start();
    }

    /// <summary>Ends watches and controllers.</summary>
    public void Stop() => _stopping.Cancel();

    public async ValueTask DisposeAsync()
    {
        if (_workloads is not null)
        {
            await _workloads.DisposeAsync().ConfigureAwait(false);
        }

        await _controllers.DisposeAsync().ConfigureAwait(false);
        _policies.Dispose();
        _quotas.Dispose();
        _addresses.Dispose();
        await _store.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    public async Task HandleAsync(HttpContext http)
    {
        var path = RequestPath.Parse(http.Request.Path.Value ?? "/");
        var context = new RequestContext(http, path, UserInfo.NotAuthenticated)
        {
            Verb = RequestVerb.Of(http.Request, path),
            Format = MediaFormat.Json,
            IsPretty = http.Request.Query.TryGetValue("pretty", out var pretty) && pretty.ToString() is "true" or "1",
        };
        try
        {
            context.User = _impersonation.Apply(_authenticator.Authenticate(http), http.Request.Headers);
            Authorize(context);
            await DispatchAsync(context).ConfigureAwait(false);
        }
        catch (ApiException exception)
        {
            await RefuseAsync(context, exception.Status).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested || _stopping.IsCancellationRequested)
        {
            // The client has gone, or we go: nobody reads an answer.
        }
        catch (IOException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone in the middle of a body.
        }
        catch (BadHttpRequestException exception)
        {
            await RefuseAsync(context, exception.StatusCode == 413
                ? ApiStatus.TooLarge("Request entity too large: limit is 3145728")
                : ApiStatus.BadRequest(exception.Message)).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The edge: whatever goes wrong inside one request must not end the server.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await RefuseAsync(context, ApiStatus.InternalError($"{exception.GetType().Name}: {exception.Message}")).ConfigureAwait(false);
        }
    }

    private static async Task RefuseAsync(RequestContext context, ApiStatus status)
    {
        if (context.Http.Response.HasStarted)
        {
            context.Http.Abort();
            return;
        }

        context.Format = Negotiation.ForErrors(context.Http.Request.Headers.Accept);
        await ResponseWriter.WriteStatusAsync(context, status).ConfigureAwait(false);
    }

    private void Authorize(RequestContext context)
    {
        var path = context.Path;
        var wanted = path.IsResource
            ? new AccessAttributes
            {
                User = context.User,
                Verb = context.Verb,
                Group = path.Group,
                Version = path.Version,
                Namespace = path.Namespace,
                Resource = path.Resource,
                Subresource = path.Subresource,
                Name = path.Name,
            }
            : new AccessAttributes { User = context.User, Verb = context.Verb, IsResource = false, Path = context.Http.Request.Path.Value ?? "/" };
        var decision = _authorizer.Authorize(wanted);
        if (decision.IsAllowed)
        {
            return;
        }

        var refusal = wanted.Refusal() + (decision.Reason.Length > 0 ? $": {decision.Reason}" : "");
        throw (path.IsResource
            ? ApiStatus.Forbidden(path.Group, path.Resource, path.Name, refusal)
            : new ApiStatus(403, "Forbidden", $"forbidden: {refusal}") { Details = StatusDetails.Empty }).ToException();
    }

    private Task DispatchAsync(RequestContext context)
    {
        var (path, registry) = (context.Path, _catalog.Current);
        if (registry.Group(path.Group)?.Versions.Contains(path.Version) != true)
        {
            _aggregated.Check(context.Http.Request.Path.Value ?? "/");
        }

        if (!path.IsResource)
        {
            return PathHandler.HandleAsync(context, _discovery, _openApi);
        }

        if (registry.Group(path.Group) is not { } group || (path.Group.Length > 0 && !group.Versions.Contains(path.Version)))
        {
            return ResponseWriter.WriteTextAsync(context.Http, 404, "404 page not found\n");
        }

        var resource = registry.Find(path.Group, path.Version, path.Resource);
        if (resource is null || !group.Versions.Contains(path.Version) || (path.Namespace.Length > 0 && !resource.Type.IsNamespaced && path.Resource != "namespaces"))
        {
            // Groups of custom resources know no other paths than those of their resources.
            return ResourceRegistry.IsCustom(group)
                ? ResponseWriter.WriteTextAsync(context.Http, 404, "404 page not found\n")
                : throw ApiStatus.NoResource().ToException();
        }

        context.Resource = resource;
        if (resource.Custom?.DeprecationWarning is { } deprecation)
        {
            context.Warn(deprecation);
        }

        if (path.Subresource.Length > 0)
        {
            return _subresources.HandleAsync(context, resource);
        }

        if (ReviewHandler.Owns(resource))
        {
            return _reviews.HandleAsync(context, resource);
        }

        return HandleResourceAsync(context, resource);
    }

    private async Task HandleResourceAsync(RequestContext context, ServedResource resource)
    {
        var verb = context.Verb switch
        {
            "get" => ResourceVerbs.Get,
            "list" => ResourceVerbs.List,
            "watch" => ResourceVerbs.Watch,
            "create" => ResourceVerbs.Create,
            "update" => ResourceVerbs.Update,
            "patch" => ResourceVerbs.Patch,
            "delete" => ResourceVerbs.Delete,
            "deletecollection" => ResourceVerbs.DeleteCollection,
            _ => ResourceVerbs.None,
        };
        var hasName = context.Path.Name.Length > 0;
        var needsName = verb is ResourceVerbs.Get or ResourceVerbs.Update or ResourceVerbs.Patch or ResourceVerbs.Delete;
        var needsNamespace = resource.Type.IsNamespaced && context.Path.Namespace.Length == 0 && verb is not (ResourceVerbs.List or ResourceVerbs.Watch);
        if (verb == ResourceVerbs.None || !(resource.Type.Can(verb) || resource.Custom is { IsTerminating: true }) || needsNamespace || hasName != needsName && verb != ResourceVerbs.Watch || HttpMethods.IsHead(context.Method))
        {
            throw ApiStatus.MethodNotAllowed().ToException();
        }

        switch (verb)
        {
            case ResourceVerbs.Get:
                await _getter.HandleAsync(context, resource).ConfigureAwait(false);
                break;
            case ResourceVerbs.List:
                await _lister.HandleAsync(context, resource, ListOptions.Parse(context)).ConfigureAwait(false);
                break;
            case ResourceVerbs.Watch:
                await _watcher.HandleAsync(context, resource, ListOptions.Parse(context)).ConfigureAwait(false);
                break;
            case ResourceVerbs.Create:
                await _writing.CreateAsync(context, resource).ConfigureAwait(false);
                break;
            case ResourceVerbs.Update:
                await _writing.UpdateAsync(context, resource).ConfigureAwait(false);
                break;
            case ResourceVerbs.Patch:
                await _writing.PatchAsync(context, resource).ConfigureAwait(false);
                break;
            case ResourceVerbs.Delete:
                await _writing.DeleteAsync(context, resource).ConfigureAwait(false);
                break;
            default:
                await _writing.DeleteCollectionAsync(context, resource).ConfigureAwait(false);
                break;
        }
    }
}
