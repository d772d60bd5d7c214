using Weir.Values;

namespace Weir.Flux;

/// <summary>The test hooks that were seen to run, by name.</summary>
public sealed record TestHookStatus
{
    /// <summary>When the test last ended.</summary>
    public DateTimeOffset? LastCompleted { get; init; }

    /// <summary>When the test last started.</summary>
    public DateTimeOffset? LastStarted { get; init; }

    /// <summary>How the test stands.</summary>
    public string? Phase { get; init; }

    internal static TestHookStatus ReadFields(FieldReader f) => new()
    {
        LastCompleted = f.Time("lastCompleted", "When the test last ended."),
        LastStarted = f.Time("lastStarted", "When the test last started."),
        Phase = f.String("phase", "How the test stands."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("lastCompleted", LastCompleted)
        .Add("lastStarted", LastStarted)
        .Add("phase", Phase)
        .Map;
}
