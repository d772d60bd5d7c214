namespace Weir.GoTemplate.Tests.Sprig;

public sealed class DateFunctionsTests
{
    [Theory]
    [InlineData("{{ now | date \"2006-01-02T15:04:05.000Z07:00\" }}", "2024-02-29T13:04:05.678Z")]
    [InlineData("{{ date \"Mon Jan _2 3:04PM 06 MST -0700 002\" 0 }}", "Thu Jan  1 12:00AM 70 UTC +0000 001")]
    [InlineData("{{ now.Year }} {{ now.Month }} {{ now.Weekday }} {{ now.Unix }} {{ printf \"%d\" now.Month }}", "2024 February Thursday 1709211845 2")]
    [InlineData("{{ now | dateModify \"-1.5h\" | htmlDate }} {{ now | date_modify \"24h\" | htmlDate }} {{ now | dateModify \"x\" | htmlDate }}", "2024-02-29 2024-03-01 2024-02-29")]
    [InlineData("{{ (now.AddDate 0 1 1).Format \"2006-01-02\" }} {{ unixEpoch now }}", "2024-03-30 1709211845")]
    [InlineData("{{ toDate \"2006-01-02\" \"2017-12-31\" }} {{ (toDate \"2006\" \"x\").IsZero }}", "2017-12-31 00:00:00 +0000 UTC true")]
    [InlineData("{{ duration 95 }} {{ duration \"95\" }} {{ duration (int64 3661) }}", "0s 1m35s 1h1m1s")]
    [InlineData("{{ durationRound \"2h10m5s\" }} {{ durationRound \"8760h1s\" }} {{ durationRound \"720h\" }} {{ durationRound \"1s\" }}", "2h 1y 30d 0s")]
    [InlineData("{{ ago (now | dateModify \"-90m\") }} {{ ago \"x\" }}", "1h30m0s 0s")]
    [InlineData("{{ dateInZone \"15:04 MST\" (int64 0) \"nowhere/at-all\" }} {{ date \"2006\" 1.5 }}", "00:00 UTC 2024")]
    [InlineData("{{ toJson (dict \"t\" now) }}", "{\"t\":\"2024-02-29T13:04:05.678Z\"}")]
    [InlineData("{{ (now.Sub (now | dateModify \"-90s\")).Minutes }}", "1.5")]
    public void Print_what_sprig_prints(string template, string expected) => Assert.Equal(expected, Rendered.Text(template));

    [Theory]
    [InlineData("2006-01-02", "2017-13-01", "parsing time \"2017-13-01\": month out of range")]
    [InlineData("2006-01-02", "2017-02-29", "parsing time \"2017-02-29\": day out of range")]
    [InlineData("2006-01-02", "x", "parsing time \"x\" as \"2006-01-02\": cannot parse \"x\" as \"2006\"")]
    [InlineData("2006-01-02", "2017-01-02Z", "parsing time \"2017-01-02Z\": extra text: \"Z\"")]
    [InlineData("15:04", "1504", "parsing time \"1504\" as \"15:04\": cannot parse \"04\" as \":\"")]
    public void A_text_that_does_not_fit_is_named(string layout, string text, string message)
    {
        Assert.False(GoTimeLayout.TryParse(layout, text, GoZone.Utc, out _, out var error));
        Assert.Equal(message, error);
    }

    [Theory]
    [InlineData("2006-01-02T15:04:05Z07:00", "2024-05-06T07:08:09.123+02:00", "2024-05-06T07:08:09.123+02:00")]
    [InlineData("Mon, 2 Jan 2006 3:04:05 PM MST", "Tue, 6 Feb 2024 7:08:09 PM CET", "2024-02-06T19:08:09Z")]
    [InlineData("2006-002 -0700", "2024-366 -0130", "2024-12-31T00:00:00-01:30")]
    [InlineData("Jan _2 06 15:04:05,000", "Feb  3 70 01:02:03,040", "1970-02-03T01:02:03.04Z")]
    public void Reads_by_layout(string layout, string text, string expected)
    {
        Assert.True(GoTimeLayout.TryParse(layout, text, GoZone.Utc, out var time, out var error), error);
        Assert.Equal(expected, time.Format(GoTimeLayout.Rfc3339Nano));
    }

    [Fact]
    public void Knows_the_zones_of_the_world()
    {
        var zone = GoZone.Find("America/New_York");
        Assert.SkipWhen(zone is null, "no time zone database");
        Assert.Equal("2024-07-01 08:00:00 -0400 EDT", new GoTimestamp(1719835200, 0, zone).ToString());
    }
}
