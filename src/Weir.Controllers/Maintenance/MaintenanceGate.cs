using System.Globalization;
using Weir.Flux;

namespace Weir.Controllers;

/// <summary>Asks the maintenance windows of an object whether it may be changed now.</summary>
/// <param name="IsClosed">True when it may not.</param>
/// <param name="Opens">When it may; has no meaning for an open one.</param>
/// <param name="Mistake">What is wrong with the annotation: nothing is changed then.</param>
internal readonly record struct MaintenanceGate(bool IsClosed, DateTimeOffset Opens, string? Mistake)
{
    /// <summary>The reason of what waits for a window.</summary>
    public const string Closed = "MaintenanceWindowClosed";

    /// <summary>The reason of an annotation that cannot be read.</summary>
    public const string Invalid = "InvalidMaintenanceWindow";

    /// <summary>Who asks by hand, with the same token as request and as force, is let through.</summary>
    public static MaintenanceGate Of(ReconciledObject value, DateTimeOffset now)
    {
        var annotations = value.Metadata.Annotations;
        if (!annotations.TryGetValue(Annotations.MaintenanceWindows, out var text) || IsForced(value))
        {
            return default;
        }

        var (windows, mistake) = MaintenanceWindows.Parse(text);
        return windows is null
            ? new(true, default, $"annotation {Annotations.MaintenanceWindows}: {mistake}")
            : windows.IsOpen(now) ? default : new(true, windows.NextOpening(now), null);
    }

    /// <summary>The opening as messages say it.</summary>
    public string OpensText => Opens.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    private static bool IsForced(ReconciledObject value)
    {
        var annotations = value.Metadata.Annotations;
        return annotations.TryGetValue(Annotations.ForceAt, out var force)
            && annotations.TryGetValue(Annotations.RequestedAt, out var request)
            && force == request
            && request != value.Status.GetString("lastHandledReconcileAt");
    }
}
