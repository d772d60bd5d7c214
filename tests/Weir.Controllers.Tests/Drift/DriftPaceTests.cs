namespace Weir.Controllers.Tests.Drift;

public sealed class DriftPaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Answers_come_at_once_then_ever_later_up_to_the_interval()
    {
        var pace = new DriftPace();
        var now = Start;
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var wait = pace.Wait(now, TimeSpan.FromSeconds(60));
            waits.Add(wait.TotalSeconds);
            now += wait + TimeSpan.FromSeconds(1);
        }

        Assert.Equal([0, 0, 0, 5, 10, 20, 40, 60], waits);
    }

    [Fact]
    public void Drift_while_an_answer_is_on_its_way_waits_for_that_one()
    {
        var pace = new DriftPace();
        for (var i = 0; i < 4; i++)
        {
            pace.Wait(Start, TimeSpan.FromMinutes(1));
        }

        Assert.Equal(TimeSpan.FromSeconds(3), pace.Wait(Start.AddSeconds(2), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_quiet_minute_forgets_the_fight()
    {
        var pace = new DriftPace();
        for (var i = 0; i < 4; i++)
        {
            pace.Wait(Start, TimeSpan.FromMinutes(1));
        }

        Assert.Equal(TimeSpan.Zero, pace.Wait(Start.AddSeconds(80), TimeSpan.FromMinutes(1)));
    }
}
