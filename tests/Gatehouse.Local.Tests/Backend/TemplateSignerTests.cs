using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>A template with a key of its own: its tokens are verified with that key, and with no other.</summary>
[Proves("A8")]
public sealed class TemplateSignerTests
{
    private const string Secret = "a secret that both sides know";

    private static readonly RSA Rsa = RSA.Create(2048);

    private static readonly Dictionary<string, ECDsa> Curves = new(StringComparer.Ordinal)
    {
        ["ES256"] = ECDsa.Create(ECCurve.NamedCurves.nistP256),
        ["ES384"] = ECDsa.Create(ECCurve.NamedCurves.nistP384),
        ["ES512"] = ECDsa.Create(ECCurve.NamedCurves.nistP521),
    };

    public static TheoryData<string> Algorithms => ["HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];

    public static TheoryData<string, string, string?> Refusals => new()
    {
        { """{"custom_signing_key":true}""", "form_conditional_param_missing", null },
        { """{"custom_signing_key":true,"signing_algorithm":"HS256"}""", "form_conditional_param_missing", null },
        { """{"custom_signing_key":true,"signing_key":"k"}""", "form_conditional_param_missing", null },
        { """{"custom_signing_key":true,"signing_algorithm":"HS256","signing_key":""}""", "form_conditional_param_missing", null },
        { """{"custom_signing_key":true,"signing_algorithm":"none","signing_key":"k"}""", "form_param_value_invalid", "signing_algorithm" },
        { """{"custom_signing_key":true,"signing_algorithm":"EdDSA","signing_key":"k"}""", "form_param_value_invalid", "signing_algorithm" },
        { """{"custom_signing_key":true,"signing_algorithm":"RS256","signing_key":"k"}""", "form_param_value_invalid", "signing_key" },
        { """{"custom_signing_key":true,"signing_algorithm":"ES256","signing_key":"k"}""", "form_param_value_invalid", "signing_key" },
        { $$"""{"custom_signing_key":true,"signing_algorithm":"RS256","signing_key":{{Quoted(Rsa.ExportSubjectPublicKeyInfoPem())}}}""", "form_param_value_invalid", "signing_key" },
        { $$"""{"custom_signing_key":true,"signing_algorithm":"RS256","signing_key":{{Quoted(PemOf("ES256"))}}}""", "form_param_value_invalid", "signing_key" },
        { $$"""{"custom_signing_key":true,"signing_algorithm":"ES256","signing_key":{{Quoted(PemOf("ES384"))}}}""", "form_param_value_invalid", "signing_key" },
        { $$"""{"custom_signing_key":true,"signing_algorithm":"ES256","signing_key":{{Quoted(OtherCurve())}}}""", "form_param_value_invalid", "signing_key" },
        { $$"""{"custom_signing_key":true,"signing_algorithm":"RS256","signing_key":{{Quoted(SmallKey())}}}""", "form_param_value_invalid", "signing_key" },
        { """{"signing_key":"k"}""", "form_conditional_param_disallowed", "signing_key" },
        { """{"custom_signing_key":false,"signing_algorithm":"HS256"}""", "form_conditional_param_disallowed", "signing_algorithm" },
    };

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Token_is_signed_with_the_key_of_its_template(string algorithm)
    {
        await using var clerk = await RunningClerk.StartAsync();
        var key = algorithm[0] == 'H' ? Secret : PemOf(algorithm);

        var template = await CreateAsync(clerk, new JsonObject { ["custom_signing_key"] = true, ["signing_algorithm"] = algorithm, ["signing_key"] = key });
        var token = await MintAsync(clerk);

        Assert.Equal((200, true, algorithm), (template.Status, (bool)template.Json["custom_signing_key"]!, template.Text("signing_algorithm")));
        Assert.True(IsOf(algorithm, token));
        var header = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[0]))!;
        Assert.Equal((algorithm, "cl_B7d4PD222AAA", null), ((string?)header["alg"], (string?)header["cat"], (string?)header["kid"]));
    }

    [Fact]
    public async Task Key_is_never_told()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var body = new JsonObject { ["custom_signing_key"] = true, ["signing_algorithm"] = "HS256", ["signing_key"] = Secret };

        var created = await CreateAsync(clerk, body);

        var path = $"/v1/jwt_templates/{created.Text("id")}";
        Answer[] told = [created, await clerk.GetAsync(path), await clerk.GetAsync("/v1/jwt_templates"), await clerk.GetAsync("/v1/jwks")];
        Assert.All(told, answer => Assert.DoesNotContain(Secret, answer.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Key_survives_a_snapshot_and_ends_with_the_next_change()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var created = await CreateAsync(clerk, new JsonObject { ["custom_signing_key"] = true, ["signing_algorithm"] = "HS256", ["signing_key"] = Secret });
        var snapshot = (await clerk.PostAsync("/_local/snapshots")).Text("id");
        await clerk.PostAsync("/_local/reset");
        await clerk.PostAsync($"/_local/snapshots/{snapshot}/restore");
        Assert.True(IsOf("HS256", await MintAsync(clerk)));

        var path = $"/v1/jwt_templates/{created.Text("id")}";
        var changed = await clerk.SendAsync(
            HttpMethod.Patch, path, JsonNode.Parse("""{"name":"own","claims":{},"custom_signing_key":false,"signing_algorithm":"RS256"}"""));

        Assert.False((bool)changed.Json["custom_signing_key"]!);
        await ReadToken.VerifiedAsync(clerk, await MintAsync(clerk));
    }

    [Fact]
    public async Task Key_is_another_after_a_change()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var body = new JsonObject { ["custom_signing_key"] = true, ["signing_algorithm"] = "HS256", ["signing_key"] = "another secret" };
        var path = $"/v1/jwt_templates/{(await CreateAsync(clerk, body)).Text("id")}";
        Assert.False(IsOf("HS256", await MintAsync(clerk)));

        body["signing_key"] = Secret;
        Assert.Equal(200, (await clerk.SendAsync(HttpMethod.Patch, path, body.DeepClone())).Status);

        Assert.True(IsOf("HS256", await MintAsync(clerk)));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Key_that_cannot_sign_is_refused(string members, string code, string? parameter)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await CreateAsync(clerk, JsonNode.Parse(members)!.AsObject());

        Assert.Equal((422, code, parameter), (answer.Status, answer.Code, answer.Parameter));
    }

    private static Task<Answer> CreateAsync(RunningClerk clerk, JsonObject members)
    {
        (members["name"], members["claims"]) = ("own", new JsonObject());
        return clerk.PostAsync("/v1/jwt_templates", members);
    }

    private static async Task<string> MintAsync(RunningClerk clerk)
    {
        var session = await clerk.SessionAsync(LocalClerkDefaults.AdaUserId);
        return (await clerk.PostAsync($"/v1/sessions/{session}/tokens/own")).Text("jwt");
    }

    private static bool IsOf(string algorithm, string token)
    {
        var content = Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]);
        var signature = Base64Url.DecodeFromChars(token.AsSpan(token.LastIndexOf('.') + 1));
        var hash = new HashAlgorithmName($"SHA{algorithm[2..]}");
        return algorithm[0] switch
        {
            'H' => CryptographicOperations.HmacData(hash, Encoding.UTF8.GetBytes(Secret), content).SequenceEqual(signature),
            'R' => Rsa.VerifyData(content, signature, hash, RSASignaturePadding.Pkcs1),
            _ => Curves[algorithm].VerifyData(content, signature, hash),
        };
    }

    private static string PemOf(string algorithm) => algorithm switch
    {
        "RS384" => Rsa.ExportRSAPrivateKeyPem(),
        "ES384" => Curves[algorithm].ExportECPrivateKeyPem(),
        _ when algorithm[0] == 'R' => Rsa.ExportPkcs8PrivateKeyPem(),
        _ => Curves[algorithm].ExportPkcs8PrivateKeyPem(),
    };

    private static string OtherCurve()
    {
        using var curve = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));
        return curve.ExportPkcs8PrivateKeyPem();
    }

    private static string SmallKey()
    {
        using var rsa = RSA.Create(1024);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    private static string Quoted(string text) => JsonValue.Create(text).ToJsonString();
}
