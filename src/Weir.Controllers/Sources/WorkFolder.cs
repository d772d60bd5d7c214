namespace Weir.Controllers;

/// <summary>A folder for one run, gone afterwards.</summary>
internal sealed class WorkFolder : IDisposable
{
    public WorkFolder() => Path = Directory.CreateTempSubdirectory("weir-").FullName;

    public string Path { get; }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // Something still holds a file: the system's cleaner takes the folder.
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
