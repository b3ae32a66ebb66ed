using System.Security.Cryptography;

namespace Gatehouse.Local.Clerk.Tokens;

/// <summary>One signing key of the instance: RSA of 2048 bits, the only size that every official client can read from PEM.</summary>
internal sealed class InstanceKey(string id, RSA rsa)
{
    public const int Bits = 2048;

    public string Id { get; } = id;

    public RSAParameters PublicParameters { get; } = rsa.ExportParameters(includePrivateParameters: false);

    public string PublicPem { get; } = rsa.ExportSubjectPublicKeyInfoPem();

    public string PrivatePem() => rsa.ExportPkcs8PrivateKeyPem();

    public byte[] Sign(ReadOnlySpan<byte> content) => rsa.SignData(content.ToArray(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
        rsa.VerifyData(content, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
