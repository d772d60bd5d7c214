namespace Weir.ApiServer.Statuses;

/// <summary>A request is refused: carries the Status that the client receives. Caught once, where the answer is written.</summary>
internal sealed class ApiException(ApiStatus status) : Exception(status.Message)
{
    public ApiStatus Status { get; } = status;
}
