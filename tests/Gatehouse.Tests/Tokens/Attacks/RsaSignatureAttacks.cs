using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens.Attacks;

/// <summary>
/// Signatures that a careless reader of PKCS#1 v1.5 takes for good (RFC 8017, sections 8.2.2 and 9.2; Bleichenbacher 2006, CVE-2006-4339;
/// BERserk, CVE-2014-1568). They are made with the private key itself, so nothing but the form of the block is wrong; with an exponent of 3
/// anybody could make some of them, which is why such keys are not taken (RFC 8725, section 3.5).
/// </summary>
public sealed class RsaSignatureAttacks
{
    private static readonly RawRsa Key = new();

    private static readonly Dictionary<string, Func<byte[], byte[]>> Blocks = new()
    {
        // Padding.
        ["type 0"] = hash => Key.Block(Info(hash), type: 0),
        ["type 0 padded with zeros"] = hash => Key.Block(Info(hash), type: 0, padding: 0),
        ["type 2"] = hash => Key.Block(Info(hash), type: 2),
        ["type 2 padded at random"] = hash => Key.Block(Info(hash), type: 2, padding: 0x5A),
        ["padding of FE"] = hash => Key.Block(Info(hash), padding: 0xFE),
        ["one byte of the padding changed"] = hash => Changed(Key.Block(Info(hash)), at: 100, 0xFE),
        ["last byte of the padding changed"] = hash => Changed(Key.Block(Info(hash)), at: Key.Length - 53, 0x00),
        ["first byte not 0"] = hash => Changed(Key.Block(Info(hash)), at: 0, 0x01),
        ["no zero after the padding"] = hash => Changed(Key.Block(Info(hash)), at: Key.Length - 52, 0xFF),
        ["no padding, zeros behind"] = hash => Key.Block(Info(hash), padded: 0),
        ["eight bytes of padding, zeros behind"] = hash => Key.Block(Info(hash), padded: 8),
        ["eight bytes of padding, garbage behind"] = hash => Filled(Key.Block(Info(hash), padded: 8), from: 11 + Info(hash).Length),
        ["one byte short of padding"] = hash => Key.Block(Info(hash), padded: Key.Length - Info(hash).Length - 4),
        ["padding of zeros"] = hash => Key.Block(Info(hash), padding: 0),
        ["no padding at all: the hash as a number"] = hash => hash,
        ["the DigestInfo as a number"] = Info,

        // DigestInfo.
        ["hash without DigestInfo"] = hash => Key.Block(hash),
        ["hash without its tag"] = hash => Key.Block([.. RawRsa.DigestInfo[..^2], .. hash]),
        ["parameters absent"] = hash => Key.Block([0x30, 0x2F, 0x30, 0x0B, .. RawRsa.DigestInfo[4..15], 0x04, 0x20, .. hash]),
        ["parameters of garbage"] = hash => Key.Block(WithParameters(hash, 0x04, 0x08, 1, 2, 3, 4, 5, 6, 7, 8)),
        ["parameters of much garbage"] = hash => Key.Block(WithParameters(hash, [0x04, 0x40, .. new byte[64]])),
        ["hash of SHA-1 named, 32 bytes given"] = hash => Key.Block([0x30, 0x2D, 0x30, 0x09, 0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A, 0x05, 0x00, 0x04, 0x20, .. hash]),
        ["hash of SHA-512 named, 32 bytes given"] = hash => Key.Block(Changed(Info(hash), at: 14, 0x03)),
        ["hash of SHA-384 named"] = hash => Key.Block(Changed(Info(hash), at: 14, 0x02)),
        ["hash of SHA-224 named"] = hash => Key.Block(Changed(Info(hash), at: 14, 0x04)),
        ["hash of SHA3-256 named"] = hash => Key.Block(Changed(Info(hash), at: 14, 0x08)),
        ["hash cut by a byte"] = hash => Key.Block([0x30, 0x30, .. RawRsa.DigestInfo[2..18], 0x1F, .. hash[..31]]),
        ["hash longer by a byte"] = hash => Key.Block([0x30, 0x32, .. RawRsa.DigestInfo[2..18], 0x21, .. hash, 0]),
        ["hash turned round"] = hash => Key.Block(Info([.. hash.Reverse()])),
        ["hash of nothing"] = _ => Key.Block(Info(SHA256.HashData([]))),
        ["hash of the hash"] = hash => Key.Block(Info(SHA256.HashData(hash))),

        // What follows the hash.
        ["a zero behind the hash"] = hash => Key.Block([.. Info(hash), 0]),
        ["garbage behind the hash"] = hash => Key.Block([.. Info(hash), .. "garbage"u8]),
        ["a second hash behind the first"] = hash => Key.Block([.. Info(hash), .. Info(hash)]),
        ["garbage within the sequence"] = hash => Key.Block([0x30, 0x35, .. RawRsa.DigestInfo[2..], .. hash, 0x04, 0x02, 0, 0]),

        // BER where DER is demanded.
        ["length in the long form"] = hash => Key.Block([0x30, 0x81, 0x31, .. RawRsa.DigestInfo[2..], .. hash]),
        ["length in two bytes"] = hash => Key.Block([0x30, 0x82, 0x00, 0x31, .. RawRsa.DigestInfo[2..], .. hash]),
        ["length of the algorithm in the long form"] = hash => Key.Block([0x30, 0x32, 0x30, 0x81, 0x0D, .. RawRsa.DigestInfo[4..], .. hash]),
        ["length of the hash in the long form"] = hash => Key.Block([0x30, 0x32, .. RawRsa.DigestInfo[2..18], 0x81, 0x20, .. hash]),
        ["length of NULL in the long form"] = hash => Key.Block([0x30, 0x32, 0x30, 0x0E, .. RawRsa.DigestInfo[4..15], 0x05, 0x81, 0x00, 0x04, 0x20, .. hash]),
        ["length without end"] = hash => Key.Block([0x30, 0x80, .. RawRsa.DigestInfo[2..], .. hash, 0, 0]),
        ["length of 127 bytes of length"] = hash => Key.Block([0x30, 0xFF, .. new byte[126], 0x31, .. RawRsa.DigestInfo[2..17], 0x04, 0x20, .. hash]),
        ["hash in two parts"] = hash => Key.Block([0x30, 0x35, .. RawRsa.DigestInfo[2..17], 0x24, 0x24, 0x04, 0x10, .. hash[..16], 0x04, 0x10, .. hash[16..]]),
        ["sequence as a set"] = hash => Key.Block(Changed(Info(hash), at: 0, 0x31)),
        ["hash as a bit string"] = hash => Key.Block(Changed(Info(hash), at: 17, 0x03)),
    };

    private static readonly Dictionary<string, Func<byte[], byte[]>> Lengths = new()
    {
        ["short by a byte"] = signature => signature[..^1],
        ["short by a byte in front"] = signature => signature[1..],
        ["longer by a zero"] = signature => [.. signature, 0],
        ["longer by a zero in front"] = signature => [0, .. signature],
        ["twice"] = signature => [.. signature, .. signature],
        ["half"] = signature => signature[..(signature.Length / 2)],
        ["one byte"] = _ => [1],
        ["none"] = _ => [],
        ["0"] = signature => new byte[signature.Length],
        ["1"] = signature => [.. new byte[signature.Length - 1], 1],
        ["the modulus"] = _ => Key.Bytes(Key.Modulus),
        ["the modulus less one"] = _ => Key.Bytes(Key.Modulus - 1),
        ["the modulus and one"] = _ => Key.Bytes(Key.Modulus + 1),
        ["all ones"] = signature => [.. signature.Select(_ => (byte)0xFF)],
        ["its negative"] = signature => Key.Bytes(Key.Modulus - new BigInteger(signature, isUnsigned: true, isBigEndian: true)),
        ["turned round"] = signature => [.. signature.Reverse()],
        ["its bits inverted"] = signature => [.. signature.Select(one => (byte)~one)],
        ["as text of base64url"] = signature => Encoding.ASCII.GetBytes(Base64Url.EncodeToString(signature)),
    };

    private readonly Gate _gate = new(forge => new TokenIssuer(forge.IssuerName, new FixedKeySource(new KeySet(PublicKey(forge)))));

    public static TheoryData<string> BlockRows => [.. Blocks.Keys];

    public static TheoryData<string> LengthRows => [.. Lengths.Keys];

    [Theory]
    [MemberData(nameof(BlockRows))]
    public async Task A_block_that_is_not_the_one_block_is_refused_though_the_key_signed_it(string row) =>
        Assert.Equal(TokenFailure.Signature, await _gate.RefusalAsync(Token(hash => Key.Sign(Blocks[row](hash)))));

    [Theory]
    [MemberData(nameof(LengthRows))]
    public async Task A_signature_of_another_length_or_value_is_refused(string row) =>
        Assert.Equal(TokenFailure.Signature, await _gate.RefusalAsync(Token(hash => Lengths[row](Genuine(hash)))));

    // Without this the whole catalogue would hold for a verifier that refuses everything.
    [Fact]
    public async Task The_one_right_block_signed_in_the_same_way_is_let_in() => Assert.Null(await _gate.RefusalAsync(Token(Genuine)));

    // RFC 8017, section 5.2.2, step 1: the number must lie below the modulus, else each signature would have a second text.
    [Fact]
    public async Task The_same_signature_and_the_modulus_added_is_refused_though_the_arithmetic_agrees()
    {
        var tried = 0;
        for (var n = 0; tried < 3; n++)
        {
            var id = $"{n}";
            var token = Token(
                hash =>
                {
                    var sum = Key.Modulus + new BigInteger(Genuine(hash), isUnsigned: true, isBigEndian: true);
                    tried += sum.GetByteCount(isUnsigned: true) == Key.Length ? 1 : 0;
                    return Key.Bytes(sum);
                },
                id);
            Assert.Equal(TokenFailure.Signature, await _gate.RefusalAsync(token));
        }
    }

    // RFC 7518, section 3.5: PS256 is another algorithm, and this key is not one for it.
    [Fact]
    public async Task A_signature_with_the_salted_padding_is_refused()
    {
        using var rsa = RSA.Create(2048);
        Assert.True(SigningKey.TryCreate("salted", rsa.ExportParameters(includePrivateParameters: false), out var key));
        var gate = new Gate(forge => new TokenIssuer(forge.IssuerName, new FixedKeySource(new KeySet(key))));
        string Signed(RSASignaturePadding padding) => ForeignIssuer.Sign(
            ForeignIssuer.Header("RS256", "salted").ToJsonString(),
            gate.Forge.SessionClaims().ToJsonString(),
            signed => rsa.SignData(signed, HashAlgorithmName.SHA256, padding));

        Assert.Null(await gate.RefusalAsync(Signed(RSASignaturePadding.Pkcs1)));
        Assert.Equal(TokenFailure.Signature, await gate.RefusalAsync(Signed(RSASignaturePadding.Pss)));
    }

    private static byte[] Genuine(byte[] hash) => Key.Sign(Key.Block(Info(hash)));

    private static byte[] Info(byte[] hash) => [.. RawRsa.DigestInfo, .. hash];

    private static byte[] WithParameters(byte[] hash, params byte[] parameters) =>
        [0x30, (byte)(0x2F + parameters.Length), 0x30, (byte)(0x0B + parameters.Length), .. RawRsa.DigestInfo[4..15], .. parameters, 0x04, 0x20, .. hash];

    private static byte[] Changed(byte[] block, int at, byte value)
    {
        block[at] = value;
        return block;
    }

    private static byte[] Filled(byte[] block, int from)
    {
        block.AsSpan(from).Fill(0x5A);
        return block;
    }

    private static SigningKey PublicKey(TokenForge forge) =>
        SigningKey.TryCreate(forge.KeyId, Key.Public, out var key) ? key : throw new InvalidOperationException("the attacker's own key is unusable");

    private string Token(Func<byte[], byte[]> signature, string id = "0")
    {
        var claims = _gate.Forge.SessionClaims();
        claims["jti"] = id;
        return ForeignIssuer.Sign(_gate.Forge.Header().ToJsonString(), claims.ToJsonString(), signed => signature(SHA256.HashData(signed)));
    }
}
