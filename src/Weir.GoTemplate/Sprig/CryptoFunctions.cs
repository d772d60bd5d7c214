namespace Weir.GoTemplate.Sprig;

/// <summary>Keys, certificates, password hashes and ciphers.</summary>
internal static class CryptoFunctions
{
    public static FunctionTable Table { get; } = FunctionTable.Empty;
}
