using System.Net;
using System.Security.Cryptography;
using Weir.ApiServer.Authentication;

namespace Weir.ApiServer;

/// <summary>The files of a data directory beside the database: keys that must outlive the process.</summary>
internal static class DataDirectory
{
    public static ServerCertificates Certificates(ApiServerOptions options, DateTimeOffset now)
    {
        IPAddress[] addresses = options.BindAddress.Equals(IPAddress.Any) || options.BindAddress.Equals(IPAddress.Loopback)
            ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
            : [IPAddress.Loopback, IPAddress.IPv6Loopback, options.BindAddress];
        if (options.DataDirectory is not { } directory)
        {
            return ServerCertificates.Create(now, addresses);
        }

        Create(directory);
        var (certificateFile, keyFile) = (Path.Combine(directory, "ca.crt"), Path.Combine(directory, "ca.key"));
        if (File.Exists(certificateFile) && File.Exists(keyFile))
        {
            return ServerCertificates.Load(File.ReadAllText(certificateFile), File.ReadAllText(keyFile), now, addresses);
        }

        var certificates = ServerCertificates.Create(now, addresses);
        WritePrivate(keyFile, certificates.AuthorityKeyPem());
        File.WriteAllText(certificateFile, certificates.AuthorityPem);
        return certificates;
    }

    /// <summary>A key that is made once; without a directory it lives as long as the process. The caller disposes it.</summary>
    public static ECDsa Key(string? directory, string name)
    {
        if (directory is null)
        {
            return ECDsa.Create(ECCurve.NamedCurves.nistP256);
        }

        Create(directory);
        var file = Path.Combine(directory, name);
        if (File.Exists(file))
        {
            var kept = ECDsa.Create();
            kept.ImportFromPem(File.ReadAllText(file));
            return kept;
        }

        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        WritePrivate(file, key.ExportPkcs8PrivateKeyPem());
        return key;
    }

    /// <summary>Writes a file that only its owner can read.</summary>
    public static void WritePrivate(string file, string text)
    {
        using var stream = new FileStream(file, OperatingSystem.IsWindows()
            ? new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write }
            : new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }

    private static void Create(string directory)
    {
        if (Directory.Exists(directory))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
