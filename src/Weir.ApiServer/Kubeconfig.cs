namespace Weir.ApiServer;

/// <summary>Writes the file by which kubectl and other clients find a server.</summary>
internal static class Kubeconfig
{
    public static string Write(Uri address, string authorityPem, string certificatePem, string keyPem, string token) =>
        $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: weir
          cluster:
            server: {address.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Base64(authorityPem)}
        users:
        - name: weir-admin
          user:
            client-certificate-data: {Base64(certificatePem)}
            client-key-data: {Base64(keyPem)}
            token: {token}
        contexts:
        - name: weir
          context:
            cluster: weir
            user: weir-admin
        current-context: weir

        """;

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
