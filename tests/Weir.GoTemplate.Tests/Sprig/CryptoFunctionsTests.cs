using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Weir.GoTemplate.Tests.Sprig;

public sealed class CryptoFunctionsTests
{
    [Theory]
    [InlineData("{{ derivePassword 1 \"long\" \"password\" \"user\" \"example.com\" }}", "ZedaFaxcZaso9*")]
    [InlineData("{{ derivePassword 1 \"nope\" \"password\" \"user\" \"example.com\" }}", "cannot find password template nope")]
    [InlineData("{{ \"plaintext\" | encryptAES \"secretkey\" | decryptAES \"secretkey\" }}{{ encryptAES \"k\" \"\" }}", "plaintext")]
    [InlineData("{{ decryptAES \"secretkey\" \"30tEfhuJSVRhpG97XCuWgz2okj7L8vQ1s6V9zVUPeDQ=\" }}", "plaintext")]
    [InlineData("{{ genPrivateKey \"nope\" }} {{ htpasswd \"a:b\" \"c\" }}", "Unknown type nope invalid username: a:b")]
    public void Print_what_sprig_prints(string template, string expected) => Assert.Equal(expected, Rendered.Text(template));

    [Fact]
    public void A_certificate_is_signed_by_its_authority()
    {
        var pem = Rendered.Text("""
            {{- $ca := genCA "root" 365 -}}
            {{- $cert := genSignedCert "foo.com" (list "10.0.0.1" "::1") (list "bar.com") 30 $ca -}}
            {{ $ca.Cert }}{{ $cert.Cert }}{{ $cert.Key }}
            """);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        Assert.Equal(2, all.Count);
        var (ca, cert) = (all[0], all[1]);
        Assert.Equal("CN=root", cert.Issuer);
        Assert.Equal(new DateTime(2024, 3, 30, 13, 4, 5, DateTimeKind.Utc), cert.NotAfter.ToUniversalTime());
        Assert.True(cert.MatchesHostname("bar.com"));
        Assert.True(cert.MatchesHostname("10.0.0.1"));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(ca);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = new DateTime(2024, 3, 10, 0, 0, 0, DateTimeKind.Utc);
        Assert.True(chain.Build(cert), string.Join(", ", chain.ChainStatus.Select(s => s.StatusInformation)));
        using var key = RSA.Create();
        key.ImportFromPem(pem.AsSpan(pem.IndexOf("-----BEGIN RSA", StringComparison.Ordinal)));
        Assert.Equal(cert.GetRSAPublicKey()!.ExportParameters(false).Modulus, key.ExportParameters(false).Modulus);
        Assert.Equal(2048, key.KeySize);
    }

    [Fact]
    public void Keys_of_other_kinds_sign_too()
    {
        var pem = Rendered.Text("""
            {{- $ca := genPrivateKey "ecdsa" | genCAWithKey "root" 365 -}}
            {{ $ca.Cert }}{{ $ca.Key }}
            """);
        using var cert = X509Certificate2.CreateFromPem(pem, pem);
        Assert.Equal("CN=root", cert.Subject);
        Assert.StartsWith("-----BEGIN EC PRIVATE KEY-----", pem[pem.IndexOf("-----BEGIN EC", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("BEGIN PRIVATE KEY", Rendered.Text("{{ genPrivateKey \"ed25519\" }}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ randAlphaNum 20 }}", "^[A-Za-z0-9]{20}$")]
    [InlineData("{{ randAlpha 20 }}", "^[A-Za-z]{20}$")]
    [InlineData("{{ randNumeric 20 }}", "^[0-9]{20}$")]
    [InlineData("{{ randAscii 20 }}", "^[ -~]{20}$")]
    [InlineData("{{ randBytes 9 }}", "^[A-Za-z0-9+/]{12}$")]
    [InlineData("{{ randInt 5 7 }}", "^[56]$")]
    [InlineData("{{ uuidv4 }}", "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
    [InlineData("{{ bcrypt \"x\" }}", @"^\$2a\$10\$[./A-Za-z0-9]{53}$")]
    [InlineData("{{ htpasswd \"u\" \"x\" }}", @"^u:\$2a\$10\$[./A-Za-z0-9]{53}$")]
    [InlineData("{{ genPrivateKey \"ecdsa\" }}", "^-----BEGIN EC PRIVATE KEY-----\n")]
    [InlineData("{{ (genSelfSignedCert \"x\" nil nil 1).Cert }}", "^-----BEGIN CERTIFICATE-----\n")]
    public void What_is_random_grows_from_the_seed_and_the_place(string template, string shape)
    {
        var first = Rendered.Text(template);
        Assert.Matches(shape, first);
        Assert.Equal(first, Rendered.Text(template));
        if (!template.Contains("randInt", StringComparison.Ordinal))
        {
            Assert.NotEqual(first, Rendered.Text(template, host: new SeededHost("other")));
            Assert.NotEqual(first, Rendered.Text(template + template)[first.Length..]);
        }
    }

    [Theory]
    [InlineData("{{ genCAWithKey \"x\" 1 \"y\" }}", "error calling genCAWithKey: parsing private key: no PEM data in input")]
    [InlineData("{{ genSelfSignedCert \"x\" (list 1) nil 1 }}", "error calling genSelfSignedCert: error parsing ip: 1 is not a string")]
    [InlineData("{{ genSelfSignedCert \"x\" (list \"1.2\") nil 1 }}", "error parsing ip: 1.2")]
    [InlineData("{{ buildCustomCert \"!\" \"!\" }}", "error calling buildCustomCert: unable to decode base64 certificate")]
    [InlineData("{{ randInt 3 3 }}", "error calling randInt: invalid argument to Intn")]
    public void Fail_as_Go_does(string template, string message) => Assert.Contains(message, Rendered.Error(template), StringComparison.Ordinal);
}
