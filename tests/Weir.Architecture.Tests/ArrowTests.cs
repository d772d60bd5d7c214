using System.Xml.Linq;

namespace Weir.Architecture.Tests;

public sealed class ArrowTests
{
    [Fact]
    public void Every_room_stands_in_the_table()
    {
        var rooms = Directory.GetDirectories(Path.Combine(Rooms.Repository, "src")).Select(Path.GetFileName).Order();
        Assert.Equal(Rooms.Arrows.Keys.Order(), rooms);
    }

    [Fact]
    public void Rooms_use_only_what_the_table_allows()
    {
        foreach (var (room, allowed) in Rooms.Arrows)
        {
            var project = XDocument.Load(Path.Combine(Rooms.Repository, "src", room, room + ".csproj"));
            var used = project.Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value))
                .Where(name => name != "Weir.Values");
            Assert.Empty(used.Except(allowed).Select(name => $"{room} -> {name}"));
        }
    }

    [Fact]
    public void Only_the_rooms_named_know_the_web_server()
    {
        foreach (var room in Rooms.Arrows.Keys.Except(Rooms.AspNet))
        {
            var project = File.ReadAllText(Path.Combine(Rooms.Repository, "src", room, room + ".csproj"));
            Assert.DoesNotContain("FrameworkReference", project, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_picture_and_the_table_name_the_same_rooms()
    {
        var picture = File.ReadAllText(Path.Combine(Rooms.Repository, "ARCHITECTURE.md"));
        Assert.All(Rooms.Arrows.Keys, room => Assert.Contains($"`{room}`", picture, StringComparison.Ordinal));
    }
}
