using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

public sealed class KeyTests
{
    private static readonly RSAParameters Sound = RSA.Create(2048).ExportParameters(includePrivateParameters: false);

    public static TheoryData<string> WeakKeys => [.. Weak().Keys];

    [Theory]
    [MemberData(nameof(WeakKeys))]
    public async Task Token_that_names_a_weak_or_foreign_key_is_refused_and_the_other_keys_serve_on(string row)
    {
        var gate = new Gate(forge => With(forge, Jwks.Of(Weak()[row], Own(forge))));

        Assert.Equal(TokenFailure.KeyUnusable, await gate.RefusalAsync(gate.Forge.Session(header: header => header["kid"] = "weak")));
        Assert.Null(await gate.RefusalAsync(gate.Forge.Session()));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"key\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"kid":7}""")]
    [InlineData("""{"kid":""}""")]
    [InlineData("""{"kid":null}""")]
    [InlineData("""{"kid":"\ud800"}""")]
    [InlineData("""{"kid":"x","\ud800":1}""")]
    [InlineData("""{"kid":"x","kid":"y"}""")]
    [InlineData("""{"kid":"x","k\u0069d":"y"}""")]
    [InlineData("""{"kid":"x","x":[[[[[[[[[[[[]]]]]]]]]]]]}""")]
    [InlineData("""{"kid":"x","n":"\ud800","e":"AQAB","kty":"RSA"}""")]
    public async Task One_bad_entry_is_skipped_and_the_rest_serve(string entry)
    {
        var gate = new Gate(forge => With(forge, Jwks.Parse($$"""{"keys":[{{entry}},{{Own(forge).ToJsonString()}}]}""")!));
        Assert.Null(await gate.RefusalAsync(gate.Forge.Session()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":null}""")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[]}x""")]
    [InlineData("""{"keys":[""")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    [InlineData("""{"\ud800":1,"keys":[,]}""")]
    [InlineData("<html></html>")]
    public void What_is_no_key_set_is_none(string document) => Assert.Null(Jwks.Parse(document));

    [Fact]
    public void Bytes_that_are_no_text_are_no_key_set() =>
        Assert.Null(KeySet.Parse((byte[])[.. "{\"keys\":[{\"kid\":\""u8, 0xFF, .. "\"}]}"u8]));

    [Fact]
    public void Of_two_keys_with_one_id_neither_verifies()
    {
        var other = RSA.Create(2048).ExportParameters(includePrivateParameters: false);
        var set = Jwks.Of(Jwks.Key("twice", Sound), Jwks.Key("once", Sound), Jwks.Key("twice", other), Jwks.Key("twice", Sound));

        Assert.Equal(["once"], set.Keys.Select(key => key.KeyId));
        Assert.Equal(TokenFailure.KeyUnusable, set.Find("twice").Failure);
        Assert.Equal(TokenFailure.KeyUnknown, set.Find("Once").Failure);
        Assert.True(set.Find("once").Found);
    }

    [Theory]
    [InlineData("""["verify"]""")]
    [InlineData("""["sign","verify"]""")]
    public void A_key_that_may_verify_is_taken(string operations) =>
        Assert.Single(Jwks.Of(Changed(jwk => jwk["key_ops"] = JsonNode.Parse(operations))).Keys);

    [Fact]
    public void Keys_beyond_the_most_that_are_read_are_dropped()
    {
        var set = Jwks.Of([.. Enumerable.Range(0, KeySet.MaximumKeys + 3).Select(n => Jwks.Key($"k{n}", Sound))]);

        Assert.Equal(KeySet.MaximumKeys, set.Keys.Count);
        Assert.Equal(TokenFailure.KeyUnknown, set.Find($"k{KeySet.MaximumKeys}").Failure);
    }

    [Fact]
    public async Task Keys_that_are_away_are_our_failure_and_not_the_callers()
    {
        var gate = new Gate(forge => new TokenIssuer(forge.IssuerName, new RecordingKeySource(_ => KeyLookup.Unavailable)));
        Assert.Equal(TokenFailure.KeysUnavailable, await gate.RefusalAsync(gate.Forge.Session()));
    }

    [Fact]
    public async Task An_answer_that_a_source_forgot_to_fill_in_refuses()
    {
        var gate = new Gate(forge => new TokenIssuer(forge.IssuerName, new RecordingKeySource(_ => default)));
        Assert.Equal(TokenFailure.Unverified, await gate.RefusalAsync(gate.Forge.Session()));
    }

    [Fact]
    public async Task A_key_from_PEM_serves_every_kid_and_only_its_own_signatures()
    {
        var gate = new Gate(forge => new TokenIssuer(forge.IssuerName, FixedKeySource.FromPem(forge.PublicPem)));
        var intruder = new TokenForge(gate.Clock, instance: 2);

        Assert.Null(await gate.RefusalAsync(gate.Forge.Session()));
        Assert.Null(await gate.RefusalAsync(gate.Forge.Session(header: header => header["kid"] = "ins_another")));
        Assert.Equal(TokenFailure.Signature, await gate.RefusalAsync(intruder.Session()));
    }

    [Fact]
    public void PEM_is_taken_in_every_form_that_settings_carry_it()
    {
        var forge = new TokenForge(TimeProvider.System);
        var pem = forge.PublicPem;
        var body = string.Concat(pem.Split('\n').Where(line => !line.StartsWith('-')));
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);

        foreach (var form in new[] { pem, $"\n {pem}\n", pem.ReplaceLineEndings("\\n"), pem.ReplaceLineEndings("\r\n"), body, rsa.ExportRSAPublicKeyPem() })
        {
            Assert.True(SigningKey.TryCreateFromPem("pem", form, out var key), form);
            Assert.Equal(forge.Keys.Keys.Single().Thumbprint, key.Thumbprint);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    [InlineData("-----BEGIN")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public void Text_that_is_no_PEM_is_no_key(string text)
    {
        Assert.False(SigningKey.TryCreateFromPem("pem", text, out _));
        Assert.Throws<ArgumentException>(() => FixedKeySource.FromPem(text));
    }

    [Fact]
    public void PEM_of_another_kind_or_of_a_weak_key_or_of_two_keys_is_no_key()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var weak = RSA.Create(1024);
        var sound = new TokenForge(TimeProvider.System).PublicPem;

        foreach (var pem in new[] { curve.ExportSubjectPublicKeyInfoPem(), weak.ExportSubjectPublicKeyInfoPem(), sound + "\n" + sound })
        {
            Assert.False(SigningKey.TryCreateFromPem("pem", pem, out _), pem);
        }
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(2056)]
    [InlineData(3072)]
    [InlineData(4096)]
    public void Keys_of_every_admitted_size_verify(int bits)
    {
        using var rsa = RSA.Create(bits);
        Assert.True(SigningKey.TryCreate("key", rsa.ExportParameters(includePrivateParameters: false), out var key));

        var hash = SHA256.HashData("text"u8);
        var signature = rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Assert.True(key.Verify(hash, signature));
        Assert.False(key.Verify(hash, [.. signature, 0]));
        Assert.False(key.Verify(hash, signature.AsSpan(1)));
        Assert.False(key.Verify(hash, rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)));
    }

    [Fact]
    public void A_modulus_that_is_not_whole_bytes_verifies()
    {
        // 2050 bits, which the platform does not make by itself; the signature is over the four letters "text".
        const string Pem = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQECuHIGloqQwtUScbCRphEKWvZUfmOhYAE9E7dyjjHXOV8rsaC9RxbJlyFJBWCPhqsbEL"
            + "KdVzPxMW6EMU0VcJerAFGt30p4LpxDcNwwrSDbIBavkiksnuZDzGKL/f46z7apVTtdCioj1wEpr1oas74gVatF5Ge34fayvWFZiDAEsVonjsOP"
            + "qN3Kn5zq0YLewnM2Dtk0A3QsK8nPDtpU8xSTclQLDC55yVvHRFZBIJLPCxAVvgsHIMGZ+bRings4dck9ONzHvRd/QsW7tQeq7mhoBgWOlI9qRw"
            + "v2iePkhaZG88AB6Zb7SA7ipMfjE2QMJ8UCTPym536ugnEgcu2sebNEkQIDAQAB";
        const string Signed = "AkYm6hS6ljylO+rfnkT0p9tmDe2qNzPp7v3GzHBPIdbOcFaU++r4Py+399b7d/AiEUNBWgF0Ze3Yep+9yR1oScd9GZAUSrkeXIs9+7i+ArX/Du"
            + "F5dU4X8Bd/EOasg3vXprYA+cgGLFgLDzFKg7r6s/30UOVW0CyhWywufzCFwFozYP5nWGLYN3XWi5UnIzWG6MAEFCdXh3VtCqL9j2tR963nxRaC"
            + "p0o8rlzwS/haj/iQd8Z7PTSGeTwGeRGH3udX4hJrlmNzvsemkjYxSw1mVgF2h9DsL2UFcm+IUAA8dVyZbJliB3OkWjEr3Iv+LnuQqIAQXiWtMw"
            + "3Fw/a1Hh5JgWA=";
        Assert.True(SigningKey.TryCreateFromPem("odd", Pem, out var key));
        Assert.Equal(257, key.SignatureLength);
        Assert.True(key.Verify(SHA256.HashData("text"u8), Convert.FromBase64String(Signed)));
    }

    [Fact]
    public async Task A_key_that_comes_later_is_waited_for_and_decides_the_same()
    {
        var later = new LateKeySource();
        var gate = new Gate(forge => new TokenIssuer(forge.IssuerName, later));
        var (genuine, forged) = (gate.RefusalAsync(gate.Forge.Session()), gate.RefusalAsync(gate.Forge.Session()[..^4] + "AAAA"));
        Assert.False(genuine.IsCompleted || forged.IsCompleted);

        later.Arrival.SetResult(gate.Forge.Keys.Find(gate.Forge.KeyId));
        Assert.Null(await genuine);
        Assert.Equal(TokenFailure.Signature, await forged);
    }

    [Fact]
    public void Leading_zeros_do_not_make_another_key()
    {
        Assert.True(SigningKey.TryCreate("a", Sound, out var plain));
        Assert.True(SigningKey.TryCreate("b", new RSAParameters { Modulus = [0, 0, .. Sound.Modulus!], Exponent = [0, .. Sound.Exponent!] }, out var padded));
        Assert.Equal(plain.Thumbprint, padded.Thumbprint);
        Assert.Equal(plain.SignatureLength, padded.SignatureLength);
    }

    private static Dictionary<string, JsonObject> Weak()
    {
        using var small = RSA.Create(1024);
        using var almost = RSA.Create(2040);
        return new Dictionary<string, JsonObject>
        {
            ["1024 bits"] = Jwks.Key("weak", small.ExportParameters(false)),
            ["2040 bits"] = Jwks.Key("weak", almost.ExportParameters(false)),
            ["1024 bits padded with zeros"] = Changed(jwk => jwk["n"] = Text([.. new byte[128], .. small.ExportParameters(false).Modulus!])),
            ["16384 bits"] = Changed(jwk => jwk["n"] = Text([0xFF, .. new byte[2046], 1])),
            ["e = 3"] = Changed(jwk => jwk["e"] = "Aw"),
            ["e = 1"] = Changed(jwk => jwk["e"] = "AQ"),
            ["e = 0"] = Changed(jwk => jwk["e"] = "AA"),
            ["e even"] = Changed(jwk => jwk["e"] = "AQAC"),
            ["e of nine bytes"] = Changed(jwk => jwk["e"] = Text([1, 0, 0, 0, 0, 0, 0, 0, 1])),
            ["e empty"] = Changed(jwk => jwk["e"] = ""),
            ["e absent"] = Changed(jwk => jwk.Remove("e")),
            ["e a number"] = Changed(jwk => jwk["e"] = 65537),
            ["n even"] = Changed(jwk => jwk["n"] = Text([.. Sound.Modulus![..^1], 2])),
            ["n of zeros"] = Changed(jwk => jwk["n"] = Text(new byte[256])),
            ["n absent"] = Changed(jwk => jwk.Remove("n")),
            ["n no base64url"] = Changed(jwk => jwk["n"] = "!!!"),
            ["n null"] = Changed(jwk => jwk["n"] = null),
            ["kty oct"] = Changed(jwk => jwk["kty"] = "oct"),
            ["kty EC"] = Changed(jwk => jwk["kty"] = "EC"),
            ["kty absent"] = Changed(jwk => jwk.Remove("kty")),
            ["kty rsa in lower case"] = Changed(jwk => jwk["kty"] = "rsa"),
            ["use enc"] = Changed(jwk => jwk["use"] = "enc"),
            ["use a list"] = Changed(jwk => jwk["use"] = new JsonArray("sig")),
            ["key_ops encrypt"] = Changed(jwk => jwk["key_ops"] = new JsonArray("encrypt")),
            ["key_ops empty"] = Changed(jwk => jwk["key_ops"] = new JsonArray()),
            ["key_ops a text"] = Changed(jwk => jwk["key_ops"] = "verify"),
            ["key_ops without use"] = Changed(jwk =>
            {
                jwk.Remove("use");
                jwk["key_ops"] = new JsonArray("wrapKey", "unwrapKey");
            }),
            ["alg RS512"] = Changed(jwk => jwk["alg"] = "RS512"),
            ["alg HS256"] = Changed(jwk => jwk["alg"] = "HS256"),
        };
    }

    private static JsonObject Changed(Action<JsonObject> change)
    {
        var jwk = Jwks.Key("weak", Sound);
        change(jwk);
        return jwk;
    }

    private static string Text(byte[] number) => Base64Url.EncodeToString(number);

    private static JsonObject Own(TokenForge forge) => JsonNode.Parse(forge.Jwks)!["keys"]![0]!.DeepClone().AsObject();

    private static TokenIssuer With(TokenForge forge, KeySet keys) => new(forge.IssuerName, new FixedKeySource(keys));

    private sealed class LateKeySource : IKeySetSource
    {
        public TaskCompletionSource<KeyLookup> Arrival { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken) => new(Arrival.Task);
    }
}
