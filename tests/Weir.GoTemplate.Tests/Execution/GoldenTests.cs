namespace Weir.GoTemplate.Tests.Execution;

public sealed class GoldenTests
{
    public static TheoryData<string> Names() =>
        [.. Directory.GetFiles(Golden.Directory, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Executes_and_reports_as_recorded(string name) => new Golden(name).Check();
}
