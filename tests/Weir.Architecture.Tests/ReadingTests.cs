using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Weir.Architecture.Tests;

/// <summary>The rules of reading that a machine can hold.</summary>
public sealed partial class ReadingTests
{
    private static readonly string[] ForbiddenFolders = ["Models", "Helpers", "Utils", "Common", "Misc", "Extensions"];

    public static TheoryData<string> AllRooms => [.. Rooms.Arrows.Keys];

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void Every_public_type_says_what_it_promises(string room)
    {
        var assembly = Assembly.LoadFrom(Rooms.AssemblyFile(room));
        var documented = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))
            .Descendants("member").Select(m => m.Attribute("name")!.Value).ToHashSet();
        var silent = assembly.GetExportedTypes()
            .Where(t => !t.IsNested || t.IsNestedPublic)
            .Where(t => !documented.Contains("T:" + t.FullName!.Replace('+', '.')))
            .Select(t => t.FullName);
        Assert.Empty(silent);
    }

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void A_file_holds_one_public_type_and_bears_its_name(string room)
    {
        var wrong = new List<string>();
        foreach (var file in Sources(room))
        {
            var types = PublicType().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value).Distinct().ToList();
            var name = Path.GetFileName(file).Split('.')[0];
            if (types.Count > 1 || (types.Count == 1 && types[0] != name))
            {
                wrong.Add($"{Path.GetRelativePath(Rooms.Repository, file)}: {string.Join(", ", types)}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void Folders_are_nouns_or_stages_not_kinds_of_type(string room)
    {
        var folders = Sources(room).Select(f => Path.GetFileName(Path.GetDirectoryName(f)!)).Distinct();
        Assert.Empty(folders.Intersect(ForbiddenFolders));
    }

    [Fact]
    public void Nothing_is_left_to_be_implemented()
    {
        var stubs = Rooms.Arrows.Keys.SelectMany(Sources)
            .Where(f => File.ReadAllText(f).Contains("NotImplementedException", StringComparison.Ordinal));
        Assert.Empty(stubs);
    }

    private static IEnumerable<string> Sources(string room)
    {
        var folder = Path.Combine(Rooms.Repository, "src", room);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(folder, f).Split(Path.DirectorySeparatorChar).Any(p => p is "obj" or "bin"));
    }

    // Types at the left margin only: nested ones belong to the type around them.
    [GeneratedRegex(@"^public (?:(?:sealed|static|abstract|partial|readonly|ref) )*(?:class|record struct|record|struct|enum|interface|delegate \S+) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
