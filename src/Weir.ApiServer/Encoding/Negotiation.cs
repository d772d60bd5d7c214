using Weir.ApiServer.Statuses;

namespace Weir.ApiServer.Encoding;

/// <summary>What a client accepts and the server can give, as kube-apiserver chooses it.</summary>
internal sealed record Negotiation(MediaFormat Format, Representation Representation, string MetaVersion, bool IsPretty)
{
    public const string JsonType = "application/json";
    public const string YamlType = "application/yaml";
    public const string ProtobufType = "application/vnd.kubernetes.protobuf";

    private static readonly (string Type, MediaFormat Format)[] All =
        [(JsonType, MediaFormat.Json), (YamlType, MediaFormat.Yaml), (ProtobufType, MediaFormat.Protobuf)];

    /// <summary>For an answer that is written in any of the three formats.</summary>
    public static Negotiation Choose(string? header, bool mayTransform, bool hasProtobuf = true)
    {
        var clauses = AcceptedType.Parse(header);
        var isKnown = false;
        foreach (var clause in clauses)
        {
            foreach (var (type, format) in All)
            {
                if (!clause.Covers(type))
                {
                    continue;
                }

                isKnown = true;
                if (clause.As.Length > 0)
                {
                    if (!mayTransform || clause.Group != "meta.k8s.io" || clause.Version is not ("v1" or "v1beta1")
                        || clause.As is not ("Table" or "PartialObjectMetadata" or "PartialObjectMetadataList"))
                    {
                        continue;
                    }

                    return new(format, clause.As == "Table" ? Representation.Table : Representation.PartialMetadata, clause.Version, clause.IsPretty);
                }

                if (format == MediaFormat.Protobuf && !hasProtobuf)
                {
                    continue;
                }

                return new(format, Representation.Object, "v1", clause.IsPretty);
            }
        }

        throw (isKnown
            ? ApiStatus.NotAcceptable("only the following media types are accepted: application/json, application/yaml"
                + (hasProtobuf ? ", application/vnd.kubernetes.protobuf" : ""))
            : Unknown()).ToException();
    }

    /// <summary>How an error is written to a client that accepts this.</summary>
    public static MediaFormat ForErrors(string? header)
    {
        foreach (var clause in AcceptedType.Parse(header))
        {
            foreach (var (type, format) in All)
            {
                if (clause.Covers(type))
                {
                    return format;
                }
            }
        }

        return MediaFormat.Json;
    }

    public static string ContentType(MediaFormat format) => format switch
    {
        MediaFormat.Yaml => YamlType,
        MediaFormat.Protobuf => ProtobufType,
        _ => JsonType,
    };

    private static ApiStatus Unknown() => ApiStatus.NotAcceptable(
        "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf, "
        + "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch") with
    {
        Details = StatusDetails.Empty,
    };
}
