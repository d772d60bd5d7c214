namespace Weir.ApiServer.Admission;

/// <summary>A webhook could not be asked or answered nonsense; its failure policy decides what that means.</summary>
internal sealed class WebhookFailure(string reason, Exception? cause = null) : Exception(reason, cause);
