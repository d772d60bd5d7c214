using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>What a webhook answered.</summary>
internal sealed record WebhookAnswer
{
    public required bool IsAllowed { get; init; }

    /// <summary>The Status of a refusal; empty when it gave none.</summary>
    public required MapValue Result { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The operations of a JSON patch; <see langword="null"/> when it changes nothing.</summary>
    public ListValue? Patch { get; init; }
}
