namespace Weir.Fleet.Publishing;

/// <summary>What is to be said of a merge request: one comment, and one status of its commit.</summary>
public sealed record Publication
{
    /// <summary>The comment in Markdown, without the marker.</summary>
    public required string Text { get; init; }

    /// <summary>Tells this comment and status from those of other jobs.</summary>
    public string Marker { get; init; } = CommentMarker.DefaultId;

    /// <summary>What it amounts to; <see langword="null"/> when that is not known, and then there is no status.</summary>
    public ReportVerdict? Verdict { get; init; }

    /// <summary>False leaves the commit without a status.</summary>
    public bool HasStatus { get; init; } = true;

    /// <summary>The status in one sentence.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Where a click on the status leads; <see langword="null"/> for nowhere.</summary>
    public Uri? Link { get; init; }

    /// <summary>True when the comment is to be a thread that somebody must resolve while there are failures. GitLab alone has such threads.</summary>
    public bool IsThread { get; init; }

    /// <summary>The whole text of the comment.</summary>
    internal string Body => $"{CommentMarker.Of(Marker)}\n{Text}";

    /// <summary>True unless there are findings to look at or something cannot be rendered.</summary>
    internal bool IsGood => Verdict is null or ReportVerdict.Unchanged or ReportVerdict.Changed;
}
