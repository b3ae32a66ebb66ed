using System.Formats.Asn1;
using System.Numerics;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens.Attacks;

/// <summary>
/// Signatures of two numbers that lie where none may (CVE-2022-21449 in Java: zero verified everything; FIPS 186-5, section 6.4.2; RFC 7518,
/// section 3.4), and keys that are no points of the curve (RFC 8725, section 3.4).
/// </summary>
public sealed class EcdsaSignatureAttacks
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", System.Globalization.NumberStyles.HexNumber, null);

    private static readonly BigInteger Prime = BigInteger.Parse(
        "0FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF", System.Globalization.NumberStyles.HexNumber, null);

    private static readonly Dictionary<string, Func<byte[], byte[]>> Forgeries = new()
    {
        ["both zero"] = _ => new byte[64],
        ["r zero"] = good => [.. new byte[32], .. good[32..]],
        ["s zero"] = good => [.. good[..32], .. new byte[32]],
        ["both one"] = _ => [.. Bytes(1), .. Bytes(1)],
        ["r zero, s one"] = _ => [.. Bytes(0), .. Bytes(1)],
        ["r one, s zero"] = _ => [.. Bytes(1), .. Bytes(0)],
        ["both the order"] = _ => [.. Bytes(Order), .. Bytes(Order)],
        ["r the order"] = good => [.. Bytes(Order), .. good[32..]],
        ["s the order"] = good => [.. good[..32], .. Bytes(Order)],
        ["r the order, s one"] = _ => [.. Bytes(Order), .. Bytes(1)],
        ["both the order and one"] = _ => [.. Bytes(Order + 1), .. Bytes(Order + 1)],
        ["both the order less one"] = _ => [.. Bytes(Order - 1), .. Bytes(Order - 1)],
        ["r the prime of the field"] = good => [.. Bytes(Prime), .. good[32..]],
        ["r the prime less the order"] = _ => [.. Bytes(Prime - Order), .. Bytes(Prime - Order)],
        ["both all ones"] = _ => [.. Enumerable.Repeat((byte)0xFF, 64)],
        ["r negative"] = good => [.. Bytes(Order - Number(good.AsSpan(0, 32))), .. good[32..]],
        ["exchanged"] = good => [.. good[32..], .. good[..32]],
        ["short by a byte"] = good => good[..^1],
        ["short by a byte in front"] = good => good[1..],
        ["longer by a zero"] = good => [.. good, 0],
        ["longer by a zero in front"] = good => [0, .. good],
        ["each number longer by a zero in front"] = good => [0, .. good[..32], 0, .. good[32..]],
        ["in DER"] = Der,
        ["twice"] = good => [.. good, .. good],
        ["of 96 bytes, as P-384 has it"] = _ => new byte[96],
        ["none"] = _ => [],
        ["turned round"] = good => [.. good.Reverse()],
    };

    private readonly TestClock _clock = new();
    private readonly ForeignIssuer _foreign;

    public EcdsaSignatureAttacks() => _foreign = new ForeignIssuer(_clock);

    public static TheoryData<string> Rows => [.. Forgeries.Keys];

    public static TheoryData<string> BadPoints => [.. Points().Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_signature_that_is_none_is_refused(string row) =>
        Assert.Equal(TokenFailure.Signature, await RefusalAsync(Crafted.WithSignature(_foreign.Es256(), Forgeries[row])));

    // Each signature has a twin, r and the order less s, which FIPS 186-5 takes too. That is a second text of the same claims, and no
    // forgery; so nothing may be known, counted or revoked by a token's text.
    [Fact]
    public async Task The_twin_of_a_signature_says_the_same_and_is_revoked_with_it()
    {
        var list = new RevocationList(_clock);
        var verifier = new TokenVerifier([ForeignIssuer.Issuer], _clock, list);
        var token = _foreign.Es256(claims => claims["jti"] = "one");
        var twin = Crafted.WithSignature(token, good => [.. good[..32], .. Bytes(Order - Number(good.AsSpan(32)))]);
        Assert.NotEqual(token, twin);
        Assert.Null(await RefusalAsync(token, verifier));
        Assert.Null(await RefusalAsync(twin, verifier));

        list.Add(new Revocation(RevocationKind.Token, "one", _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(2)));
        Assert.Equal(TokenFailure.Revoked, await RefusalAsync(token, verifier));
        Assert.Equal(TokenFailure.Revoked, await RefusalAsync(twin, verifier));
    }

    [Theory]
    [MemberData(nameof(BadPoints))]
    public async Task A_key_that_is_no_point_of_the_curve_is_unusable_and_the_others_serve(string row)
    {
        var (x, y) = Points()[row];
        var bad = ForeignIssuer.EcJwk;
        bad["kid"] = "bad";
        (bad["x"], bad["y"]) = (System.Buffers.Text.Base64Url.EncodeToString(x), System.Buffers.Text.Base64Url.EncodeToString(y));
        var verifier = new TokenVerifier([ForeignIssuer.With(Jwks.Of(bad, ForeignIssuer.EcJwk))], _clock);

        Assert.Equal(TokenFailure.KeyUnusable, await RefusalAsync(_foreign.Es256(header: header => header["kid"] = "bad"), verifier));
        Assert.Null(await RefusalAsync(_foreign.Es256(), verifier));
    }

    private static Dictionary<string, (byte[] X, byte[] Y)> Points()
    {
        var point = ForeignIssuer.Ec.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (point.X!, point.Y!);
        return new Dictionary<string, (byte[], byte[])>
        {
            ["the origin"] = (new byte[32], new byte[32]),
            ["y off by one"] = (x, Bytes(Number(y) + 1)),
            ["x and y exchanged"] = (y, x),
            ["x beyond the field"] = (Bytes(Prime), y),
            ["all ones"] = ([.. Enumerable.Repeat((byte)0xFF, 32)], [.. Enumerable.Repeat((byte)0xFF, 32)]),
            ["x short"] = (x[1..], y),
            ["x longer by a zero"] = ([0, .. x], y),
            ["y empty"] = (x, []),
        };
    }

    private static byte[] Der(byte[] good)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(Number(good.AsSpan(0, 32)));
            writer.WriteInteger(Number(good.AsSpan(32)));
        }

        return writer.Encode();
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private Task<TokenFailure?> RefusalAsync(string token) => RefusalAsync(token, new TokenVerifier([ForeignIssuer.Issuer], _clock));

    private static async Task<TokenFailure?> RefusalAsync(string token, TokenVerifier verifier)
    {
        var result = await verifier.VerifyAsync(token, ForeignIssuer.Door, CancellationToken.None);
        return result.Succeeded ? null : result.Failure;
    }
}
