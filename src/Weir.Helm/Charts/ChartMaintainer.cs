namespace Weir.Helm;

/// <summary>Who looks after a chart. Absent parts are empty.</summary>
public sealed record ChartMaintainer(string Name, string Email, string Url);
