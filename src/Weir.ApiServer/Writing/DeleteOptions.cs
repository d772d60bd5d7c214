using System.Globalization;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Statuses;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>How an object is to be deleted, from the body or else the query.</summary>
internal sealed record DeleteOptions
{
    public long? GracePeriodSeconds { get; init; }

    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }

    public bool? OrphanDependents { get; init; }

    /// <summary>Orphan, Background, Foreground; absent when not said.</summary>
    public string? PropagationPolicy { get; init; }

    public bool IsDryRun { get; init; }

    /// <summary>A body that says that it is something else is refused.</summary>
    private static void CheckKind(MapValue value)
    {
        var kind = value.GetString("kind") ?? "";
        var version = value.GetString("apiVersion") is { Length: > 0 } written ? written : "meta.k8s.io/v1";
        if (kind is not ("" or "DeleteOptions"))
        {
            throw ApiStatus.BadRequest(
                $"no kind {GoQuote.Quote(kind)} is registered for version {GoQuote.Quote(version)} in scheme \"pkg/apis/meta/internalversion/scheme/register.go:27\"").ToException();
        }
    }

    public static async Task<DeleteOptions> ReadAsync(RequestContext context)
    {
        var body = await BodyReader.ReadAsync(context).ConfigureAwait(false);
        var causes = new List<StatusCause>();
        DeleteOptions options;
        if (body.Length > 0)
        {
            var value = ObjectBody.DecodeOptions(context, body, "DeleteOptions");
            CheckKind(value);
            var preconditions = value.GetMap("preconditions");
            options = new DeleteOptions
            {
                GracePeriodSeconds = value.GetInt("gracePeriodSeconds"),
                Uid = preconditions?.GetString("uid"),
                ResourceVersion = preconditions?.GetString("resourceVersion"),
                OrphanDependents = value.GetBool("orphanDependents"),
                PropagationPolicy = value.GetString("propagationPolicy"),
                IsDryRun = WriteOptions.DryRun([.. (value.GetList("dryRun") ?? []).Select(v => (v as StringValue)?.Value)], causes),
            };
        }
        else
        {
            options = new DeleteOptions
            {
                GracePeriodSeconds = long.TryParse(context.Query("gracePeriodSeconds"), CultureInfo.InvariantCulture, out var grace) ? grace : null,
                OrphanDependents = context.Query("orphanDependents") is null ? null : context.QueryFlag("orphanDependents"),
                PropagationPolicy = context.Query("propagationPolicy"),
                IsDryRun = WriteOptions.DryRun(context.QueryAll("dryRun"), causes),
            };
        }

        if (options is { PropagationPolicy: not null, OrphanDependents: not null })
        {
            causes.Add(new("FieldValueInvalid",
                $"Invalid value: \"{options.PropagationPolicy}\": orphanDependents and deletionPropagation cannot be both set", "propagationPolicy"));
        }

        if (options.PropagationPolicy is not (null or "Foreground" or "Background" or "Orphan"))
        {
            causes.Add(new("FieldValueNotSupported",
                $"Unsupported value: {GoQuote.Quote(options.PropagationPolicy)}: supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"", "propagationPolicy"));
        }

        if (causes.Count > 0)
        {
            throw ApiStatus.Invalid("meta.k8s.io", "DeleteOptions", "", causes).ToException();
        }

        return options;
    }
}
