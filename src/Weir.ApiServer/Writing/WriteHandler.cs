using System.Globalization;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Reading;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>Create, update, patch and delete over HTTP.</summary>
internal sealed class WriteHandler(ObjectWriter writer, GetHandler getter, ListHandler lister, Patcher patcher)
{
    public async Task CreateAsync(RequestContext context, ServedResource resource)
    {
        var options = WriteOptions.Parse(context, "CreateOptions");
        var body = await BodyReader.ReadAsync(context).ConfigureAwait(false);
        var duplicates = new List<string>();
        var value = ObjectBody.Decode(context, body, resource.Type.GroupVersionKind, resource.IsCustom, duplicates);
        value = FieldChecks.Apply(context, resource.Type.GroupVersionKind, resource, value, duplicates, options);
        var result = await writer.CreateAsync(resource, context.Path.Namespace, value, Request(context, options)).ConfigureAwait(false);
        await AnswerAsync(context, resource, 201, result).ConfigureAwait(false);
    }

    public async Task UpdateAsync(RequestContext context, ServedResource resource, string subresource = "")
    {
        var options = WriteOptions.Parse(context, "UpdateOptions");
        var body = await BodyReader.ReadAsync(context).ConfigureAwait(false);
        var duplicates = new List<string>();
        var value = ObjectBody.Decode(context, body, resource.Type.GroupVersionKind, resource.IsCustom, duplicates);
        value = FieldChecks.Apply(context, resource.Type.GroupVersionKind, resource, value, duplicates, options);
        CheckName(context, value);
        var result = await writer.UpdateAsync(
            resource, context.Path.Namespace, context.Path.Name, Request(context, options, subresource), (_, stored) =>
            {
                CheckVersionGiven(resource, value);
                ObjectWriter.CheckUid(resource, context.Path.Namespace, context.Path.Name, value, stored);
                return value.DeepClone();
            }).ConfigureAwait(false);
        await AnswerAsync(context, resource, 200, result).ConfigureAwait(false);
    }

    public async Task PatchAsync(RequestContext context, ServedResource resource, string subresource = "")
    {
        var result = await patcher.PatchAsync(context, resource, subresource).ConfigureAwait(false);
        await AnswerAsync(context, resource, result.IsCreated ? 201 : 200, result).ConfigureAwait(false);
    }

    public async Task DeleteAsync(RequestContext context, ServedResource resource)
    {
        var options = await DeleteOptions.ReadAsync(context).ConfigureAwait(false);
        if (resource is { Group: "batch", Plural: "jobs" } && options is { PropagationPolicy: null, OrphanDependents: null })
        {
            context.Warn("child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning");
        }

        var request = new WriteRequest { User = context.User, Manager = "", IsDryRun = options.IsDryRun, Warn = context.Warn, Cancellation = context.Aborted };
        var (last, isGone) = await writer.DeleteAsync(resource, context.Path.Namespace, context.Path.Name, options, request).ConfigureAwait(false);
        if (!isGone || KindRules.ReturnsDeleted(resource))
        {
            await getter.WriteAsync(context, resource, 200, last).ConfigureAwait(false);
            return;
        }

        context.Format = Negotiation.Choose(context.Http.Request.Headers.Accept, mayTransform: true).Format;
        await ResponseWriter.WriteAsync(context, 200, new MapValue
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new MapValue(),
            ["status"] = "Success",
            ["details"] = new StatusDetails { Name = last.Name, Group = resource.Group, Kind = resource.Plural, Uid = last.Uid }.ToValue(),
        }).ConfigureAwait(false);
    }

    public async Task DeleteCollectionAsync(RequestContext context, ServedResource resource)
    {
        var list = ListOptions.Parse(context) with { IsWatch = false };
        var options = await DeleteOptions.ReadAsync(context).ConfigureAwait(false);
        var page = lister.Read(resource, context.Path.Namespace, list);
        var request = new WriteRequest { User = context.User, Manager = "", IsDryRun = options.IsDryRun, Warn = context.Warn, Cancellation = context.Aborted };
        foreach (var item in page.Items)
        {
            try
            {
                await writer.DeleteAsync(resource, item.Namespace, item.Name, options, request).ConfigureAwait(false);
            }
            catch (ApiException exception) when (exception.Status.Code == 404)
            {
                // Somebody else was faster.
            }
        }

        await lister.WriteAsync(context, resource, page).ConfigureAwait(false);
    }

    public static WriteRequest Request(RequestContext context, WriteOptions options, string subresource = "") => new()
    {
        User = context.User,
        Manager = options.Manager,
        Subresource = subresource,
        IsDryRun = options.IsDryRun,
        Warn = context.Warn,
        Cancellation = context.Aborted,
    };

    public Task AnswerAsync(RequestContext context, ServedResource resource, int code, WriteResult result) => result.Stored is { } stored
        ? getter.WriteAsync(context, resource, code, stored)
        : getter.WriteValueAsync(context, resource, code, result.Value!);

    /// <summary>Kinds that never let a write pass without saying what it is based on.</summary>
    private static void CheckVersionGiven(ServedResource resource, MapValue value)
    {
        var isNeeded = resource.IsCustom || (resource.Group, resource.Plural) is ("apiextensions.k8s.io", _) or ("apiregistration.k8s.io", _) or ("coordination.k8s.io", _)
            or ("policy", _) or ("admissionregistration.k8s.io", _) or ("node.k8s.io", _) or ("networking.k8s.io", "servicecidrs" or "ipaddresses");
        if (isNeeded && value.GetMap("metadata")?.GetString("resourceVersion") is not { Length: > 0 })
        {
            throw ApiStatus.Invalid(resource.Group, resource.Plural, value.GetMap("metadata")?.GetString("name") ?? "",
                [new("FieldValueInvalid", "Invalid value: 0: must be specified for an update", "metadata.resourceVersion")]).ToException();
        }
    }

    private static void CheckName(RequestContext context, MapValue value)
    {
        var name = value.GetMap("metadata")?.GetString("name") ?? "";
        if (name.Length == 0)
        {
            throw ApiStatus.BadRequest("name must be provided").ToException();
        }

        if (name != context.Path.Name)
        {
            throw ApiStatus.BadRequest(string.Create(
                CultureInfo.InvariantCulture, $"the name of the object ({name}) does not match the name on the URL ({context.Path.Name})")).ToException();
        }
    }
}
