using System.CommandLine;

namespace Weir.Cli.Charts;

/// <summary>The flags of Helm that say where a chart comes from.</summary>
internal sealed class ChartSourceFlags
{
    private readonly Option<string?> _repository = new("--repo") { Description = "URL of the Helm repository that holds the chart", HelpName = "URL" };
    private readonly Option<string?> _version = new("--version") { Description = "Version of the chart, or a range; the highest counts", HelpName = "VERSION" };
    private readonly Option<bool> _development = new("--devel") { Description = "Let pre-releases count too when no version is given" };
    private readonly Option<string?> _username = new("--username") { Description = "User of the repository or registry", HelpName = "NAME" };
    private readonly Option<string?> _password = new("--password") { Description = "Password of that user", HelpName = "TEXT" };
    private readonly Option<string?> _certificate = new("--cert-file") { Description = "Certificate in PEM that tells the server who asks", HelpName = "FILE" };
    private readonly Option<string?> _key = new("--key-file") { Description = "Private key of that certificate", HelpName = "FILE" };
    private readonly Option<string?> _authority = new("--ca-file") { Description = "Authorities in PEM that the server's certificate may come from", HelpName = "FILE" };
    private readonly Option<bool> _skipTls = new("--insecure-skip-tls-verify") { Description = "Take any certificate of the server" };
    private readonly Option<bool> _plainHttp = new("--plain-http") { Description = "Speak to the registry without TLS" };
    private readonly Option<bool> _passCredentials = new("--pass-credentials") { Description = "Send the credentials to other hosts that the index points to, too" };
    private readonly Option<bool> _verify = new("--verify") { Description = "Take the chart only with a provenance file signed by a key of --keyring; asks the program gpg" };
    private readonly Option<string?> _keyring = new("--keyring") { Description = "Public keys for --verify (default ~/.gnupg/pubring.gpg)", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
        [
            _repository, _version, _development, _username, _password, _certificate, _key, _authority, _skipTls, _plainHttp, _passCredentials,
            _verify, _keyring,
        ])
        {
            command.Options.Add(option);
        }
    }

    public ChartSourceOptions Read(ParseResult parsed) => new()
    {
        Repository = parsed.GetValue(_repository) ?? "",
        Version = parsed.GetValue(_version)?.Trim() ?? "",
        Development = parsed.GetValue(_development),
        Username = parsed.GetValue(_username),
        Password = parsed.GetValue(_password),
        CertificateFile = parsed.GetValue(_certificate),
        KeyFile = parsed.GetValue(_key),
        AuthorityFile = parsed.GetValue(_authority),
        SkipsTlsVerification = parsed.GetValue(_skipTls),
        PlainHttp = parsed.GetValue(_plainHttp),
        PassCredentials = parsed.GetValue(_passCredentials),
        Verify = parsed.GetValue(_verify),
        Keyring = parsed.GetValue(_keyring),
    };
}
