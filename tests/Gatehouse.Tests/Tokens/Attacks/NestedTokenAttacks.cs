using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens.Attacks;

/// <summary>
/// A token inside another, and encryption where a signature is expected (RFC 8725, sections 2.4, 2.5 and 3.3; its successor: success of
/// decryption mistaken for a signature, decompression, huge counts of iterations). Gatehouse holds no private key and decrypts nothing: what
/// has five parts is no token.
/// </summary>
public sealed class NestedTokenAttacks
{
    private readonly Gate _gate = new();

    // CVE-2026-29000 (pac4j-jwt): encrypted with the issuer's public key, which everybody has, lay a token that nobody had signed.
    [Fact]
    public async Task An_unsigned_token_encrypted_for_the_issuer_is_refused()
    {
        var unsigned = $"{Crafted.Part("""{"alg":"none"}""")}.{Crafted.Part(_gate.Forge.SessionClaims())}.";
        Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(Encrypted(unsigned)));
        Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(Encrypted(_gate.Forge.SessionClaims().ToJsonString())));
    }

    [Fact]
    public async Task A_genuine_token_encrypted_for_the_issuer_is_refused_too() =>
        Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(Encrypted(_gate.Forge.Session())));

    // RFC 7519, section 5.2 (cty): a signature over a token is no signature over claims.
    [Theory]
    [InlineData("JWT")]
    [InlineData(null)]
    public async Task A_token_as_payload_of_a_token_is_refused(string? contentType)
    {
        var header = _gate.Forge.Header();
        header["cty"] = contentType ?? "json";
        foreach (var inner in new[] { _gate.Forge.Session(), $"\"{_gate.Forge.Session()}\"", $$"""{"jwt":"{{_gate.Forge.Session()}}"}""" })
        {
            Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(_gate.Forge.Sign(header.ToJsonString(), inner)));
        }
    }

    // The header of an encrypted token on three parts: neither the one nor the other.
    [Theory]
    [InlineData("RSA-OAEP", "A256GCM")]
    [InlineData("dir", "A128CBC-HS256")]
    [InlineData("PBES2-HS512+A256KW", "A256GCM")]
    [InlineData("RSA1_5", "A256GCM")]
    [InlineData("ECDH-ES", "A256GCM")]
    public async Task A_header_of_encryption_is_refused_for_its_algorithm(string algorithm, string encryption)
    {
        var token = _gate.Forge.Session(header: header =>
        {
            header["alg"] = algorithm;
            header["enc"] = encryption;
            header["p2c"] = int.MaxValue;
            header["p2s"] = "c2FsdA";
        });
        Assert.Equal(TokenFailure.Algorithm, await _gate.RefusalAsync(token));
    }

    // CVE-2024-21319 (Microsoft.IdentityModel), CVE-2024-28176 (jose): a few bytes that inflate to many, before anything was verified.
    [Fact]
    public async Task A_bomb_is_neither_decrypted_nor_inflated()
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(new byte[10 * 1024 * 1024]);
        }

        var bomb = $"{Crafted.Part("""{"alg":"RSA-OAEP","enc":"A256GCM","zip":"DEF"}""")}.AAAA.AAAA.{Base64Url.EncodeToString(packed.ToArray())}.AAAA";
        Assert.InRange(bomb.Length, 10_000, TokenVerifier.MaximumTokenLength);
        Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(bomb));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var answer = _gate.VerifyAsync(bomb);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
        Assert.True(answer.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(2500)]
    public async Task Only_two_dots_make_a_token(int dots)
    {
        var token = _gate.Forge.Session();
        var text = dots < 2 ? string.Join('.', token.Split('.').Take(dots + 1)) : token + string.Concat(Enumerable.Repeat(".AAAA", dots - 2));
        Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(text));
        Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(new string('.', dots + (dots == 2 ? 1 : 0))));
    }

    // RFC 7516, section 7.1: a whole and honest JWE, which a holder of the private key would decrypt.
    private string Encrypted(string plain)
    {
        var header = Crafted.Part(new JsonObject { ["alg"] = "RSA-OAEP-256", ["enc"] = "A256GCM", ["cty"] = "JWT", ["kid"] = _gate.Forge.KeyId });
        using var rsa = RSA.Create();
        rsa.ImportFromPem(_gate.Forge.PublicPem);
        var (key, nonce) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(12));
        var bytes = Encoding.UTF8.GetBytes(plain);
        var (sealedBytes, tag) = (new byte[bytes.Length], new byte[16]);
        using var aes = new AesGcm(key, tag.Length);
        aes.Encrypt(nonce, bytes, sealedBytes, tag, Encoding.ASCII.GetBytes(header));
        byte[][] parts = [rsa.Encrypt(key, RSAEncryptionPadding.OaepSHA256), nonce, sealedBytes, tag];
        return string.Join('.', [header, .. parts.Select(part => Base64Url.EncodeToString(part))]);
    }
}
