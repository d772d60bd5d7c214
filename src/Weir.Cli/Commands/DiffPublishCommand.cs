using System.CommandLine;
using Weir.Cli.Fleets;
using Weir.Cli.Help;
using Weir.Fleet;
using Weir.Fleet.Publishing;

namespace Weir.Cli.Commands;

/// <summary><c>weir diff publish</c>: the diff as one comment of a merge request, kept up to date, and as a status of its commit.</summary>
internal static class DiffPublishCommand
{
    private const int NotPublished = 4;

    private static readonly DiffQuestion Question = new();

    private static readonly Option<bool> GitLab = new("--gitlab") { Description = "Publish on GitLab; taken from the environment of the job when not given" };

    private static readonly Option<bool> GitHub = new("--github") { Description = "Publish on GitHub; taken from the environment of the job when not given" };

    private static readonly Option<string?> Input = new("--input")
    {
        Description = "Publish this Markdown, which 'weir diff -o markdown=FILE' wrote before, and render nothing",
        HelpName = "FILE",
    };

    private static readonly Option<string> Marker = new("--marker")
    {
        Description = "Tells the comment and status of this job from those of other jobs: letters, digits, '.', '_' and '-'",
        DefaultValueFactory = _ => CommentMarker.DefaultId,
        HelpName = "ID",
    };

    private static readonly Option<long?> Number = new("--number") { Description = "The merge or pull request; that of the job when not given", HelpName = "N" };

    private static readonly Option<string?> Link = new("--link")
    {
        Description = "Where the whole report can be read, linked from comment and status; the page of the job when not given",
        HelpName = "URL",
    };

    private static readonly Option<bool> NoStatus = new("--no-status") { Description = "Leave the commit without a status" };

    private static readonly Option<bool> Thread = new("--thread")
    {
        Description = "GitLab: make the comment a thread, unresolved while there are findings or failures and resolved when there are none",
    };

    public static Command Create()
    {
        var command = new WeirCommand("publish", "Show the diff as one comment of a merge request, updated in place, and as a status of its commit.")
        {
            Group = CommandGroup.Render,
            Options = { GitLab, GitHub, Input, Marker, Number, Link, NoStatus, Thread },
            Examples =
            [
                ("weir diff publish --gitlab --exit-zero", "in a job of GitLab CI"),
                ("weir diff publish --github -o terminal,html=weir.html --exit-zero", "in a step of GitHub Actions, with a page as artifact"),
                ("weir diff publish --github --input weir.md --number 12", "what another job rendered"),
            ],
            ExitCodes =
            [
                (0, "no change, or --exit-zero, or --input"), (1, "changes; also when the question is wrong"), (2, "findings at or above --fail-on"),
                (3, "something of the new side cannot be rendered"), (NotPublished, "it could not be published, also with --exit-zero; a comment from before is left as it was"),
            ],
        };
        Question.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        try
        {
            var answer = Question.Read(result);
            var marker = result.GetValue(Marker)!;
            if (!CommentMarker.IsId(marker))
            {
                throw new CommandFailure($"--marker {marker}: say letters, digits, '.', '_' and '-', at most 60");
            }

            // What is missing to publish is told before minutes of rendering.
            var (publisher, page, from) = Target(result);
            using (publisher)
            {
                var link = ReadLink(result.GetValue(Link)) ?? page;
                var (publication, exitCode) = result.GetValue(Input) is { } file
                    ? (await ReadAsync(file, result, cancellationToken), 0)
                    : await DiffAsync(answer, marker, publisher.SizeLimit, link, from, result, cancellationToken);
                publication = publication with
                {
                    Marker = marker,
                    Link = link,
                    IsThread = result.GetValue(Thread),
                    HasStatus = !result.GetValue(NoStatus),
                };
                var comment = await publisher.PublishAsync(publication, cancellationToken);
                await result.InvocationConfiguration.Error.WriteLineAsync(
                    $"The comment is {(comment.IsNew ? "written" : "up to date")}{(comment.Address.Length > 0 ? $": {comment.Address}" : ".")}");
                return exitCode;
            }
        }
        catch (PublishException e)
        {
            throw new CommandFailure(e.Message, NotPublished);
        }
    }

    private static (Publisher Publisher, Uri? Page, string? From) Target(ParseResult result)
    {
        var variables = new CiVariables(Environment.GetEnvironmentVariable);
        var number = result.GetValue(Number);
        switch (result.GetValue(GitLab), result.GetValue(GitHub))
        {
            case (true, true):
                throw new CommandFailure("--gitlab and --github exclude each other");
            case (true, false):
            case (false, false) when variables.Find("GITLAB_CI") is not null:
                var mergeRequest = GitLabTarget.Read(variables, number);
                return (new GitLabPublisher(mergeRequest, TimeProvider.System), mergeRequest.Job, mergeRequest.Base);
            case (false, true):
            case (false, false) when variables.Find("GITHUB_ACTIONS") is not null:
                if (result.GetValue(Thread))
                {
                    throw new CommandFailure("--thread: GitHub has no threads outside of a review; leave it out");
                }

                var pull = GitHubTarget.Read(variables, number);
                return (new GitHubPublisher(pull, TimeProvider.System), pull.Run, pull.Base);
            default:
                throw new CommandFailure("say --gitlab or --github: this is a job of neither GitLab CI nor GitHub Actions");
        }
    }

    private static async Task<(Publication Publication, int ExitCode)> DiffAsync(
        DiffAnswerOptions answer, string marker, int limit, Uri? link, string? from, ParseResult result, CancellationToken cancellationToken)
    {
        var most = limit - CommentMarker.LengthOf(marker);
        if (answer.Markdown.Budget > most)
        {
            throw new CommandFailure($"--max-size {answer.Markdown.Budget}: a comment here has at most {most} characters");
        }

        var report = await Question.AskAsync(result, from, cancellationToken);
        await answer.WriteAsync(report, result.InvocationConfiguration.Output, cancellationToken);
        var publication = new Publication
        {
            Text = MarkdownReport.Write(report, answer.Markdown with { Link = link }),
            Verdict = report.Verdict(answer.Markdown.FailsOn),
            Summary = report.Reach,
        };
        return (publication, answer.ExitCode(report));
    }

    private static async Task<Publication> ReadAsync(string file, ParseResult result, CancellationToken cancellationToken)
    {
        if (Question.Sides.FirstOrDefault(o => result.GetResult(o) is { Implicit: false }) is { } option)
        {
            throw new CommandFailure($"--input publishes a report that was written before; leave {option.Name} out");
        }

        string text;
        try
        {
            text = await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"--input {file}: {e.Message}");
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            throw new CommandFailure($"--input {file}: the file is empty; write it with 'weir diff -o markdown={file}'");
        }

        return MarkdownResult.Find(text) is var (verdict, summary) ? new() { Text = text, Verdict = verdict, Summary = summary } : new() { Text = text };
    }

    private static Uri? ReadLink(string? text) =>
        text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" ? link
        : throw new CommandFailure($"--link {text}: say an address that starts with https:// or http://");
}
