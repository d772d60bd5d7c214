namespace Weir.ApiServer.Encoding;

/// <summary>What a client asked objects to be turned into.</summary>
internal enum Representation
{
    Object,
    Table,
    PartialMetadata,
}
