namespace Weir.ApiServer.Statuses;

/// <summary>One reason among the causes of a Status: which field, why, in which words.</summary>
internal sealed record StatusCause(string Reason, string Message, string Field);
