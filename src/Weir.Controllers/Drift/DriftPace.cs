namespace Weir.Controllers;

/// <summary>
/// How soon drift of one owner is answered: at once, until it happens again and again because somebody fights; then after a
/// time that doubles up to the owner's interval. A quiet minute forgets the fight.
/// </summary>
internal sealed class DriftPace
{
    /// <summary>How many answers in a row come at once.</summary>
    public const int Burst = 3;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private int _answers;
    private TimeSpan _wait;
    private DateTimeOffset _next;

    /// <summary>How long to wait with the answer to drift that is seen now.</summary>
    public TimeSpan Wait(DateTimeOffset now, TimeSpan longest)
    {
        if (now < _next)
        {
            // One is on its way: it answers this too.
            return _next - now;
        }

        if (now - _next > Quiet + _wait)
        {
            _answers = 0;
        }

        _answers++;
        var doublings = Math.Min(_answers - Burst - 1, 20);
        _wait = doublings < 0 ? TimeSpan.Zero : FirstWait * Math.Pow(2, doublings);
        _wait = _wait < longest ? _wait : longest;
        _next = now + _wait;
        return _wait;
    }
}
