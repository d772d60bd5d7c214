namespace Weir.ApiServer.Authorization;

/// <summary>Whether something is allowed, which binding allows it, and what was wrong with roles on the way.</summary>
internal readonly record struct AccessDecision(bool IsAllowed, string Reason, string Error);
