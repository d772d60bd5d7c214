namespace Weir.ApiServer.Encoding;

/// <summary>How a body is written.</summary>
internal enum MediaFormat
{
    Json,
    Yaml,
    Protobuf,
}
