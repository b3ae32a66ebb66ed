using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Tokens;

namespace Gatehouse.Testbed;

/// <summary>A Clerk instance in miniature: signs whatever a test asks for, true or forged, with that instance's own key.</summary>
/// <remarks>Forges of different numbers are different instances. An instance's key is made once a process: it costs a tenth of a second.</remarks>
public sealed class TokenForge
{
    public const string SessionCategory = "cl_B7d4PD111AAA";
    public const string TemplateCategory = "cl_B7d4PD222AAA";
    public const string M2MCategory = "cl_B7d4PD333AAA";
    public const string IgnoreCategory = "cl_I7d4PD111III";

    public const string UserId = "user_2TestPerson0000000000000001";
    public const string SessionId = "sess_2TestSession000000000000001";

    /// <summary>The machine that machine tokens come from.</summary>
    public const string MachineId = "mch_2TestSender0000000000000001";

    /// <summary>The machine that machine tokens are meant for.</summary>
    public const string ReceiverId = "mch_2TestReceiver00000000000001";

    /// <summary>The origin that session and template tokens were made for.</summary>
    public const string Origin = "https://app.example.com";

    private static readonly ConcurrentDictionary<int, Lazy<RSA>> InstanceKeys = new();

    private readonly TimeProvider _time;
    private readonly RSA _key;

    public TokenForge(TimeProvider time, int instance = 1)
    {
        _time = time;
        _key = InstanceKeys.GetOrAdd(instance, static _ => new Lazy<RSA>(() => RSA.Create(2048))).Value;
        KeyId = $"ins_2TestInstance{instance:00000000000000}";
        IssuerName = $"https://test-{instance}.clerk.accounts.dev";
        Jwks = new JsonObject { ["keys"] = new JsonArray(Jwk()) }.ToJsonString();
        Keys = KeySet.Parse(Encoding.UTF8.GetBytes(Jwks)) ?? throw new InvalidOperationException("the forge's own key set is not readable");
        Issuer = new TokenIssuer(IssuerName, new FixedKeySource(Keys));
    }

    /// <summary>The instance's id, which is the key's id too.</summary>
    public string KeyId { get; }

    public string IssuerName { get; }

    /// <summary>The instance with its keys at hand, as a verifier takes it.</summary>
    public TokenIssuer Issuer { get; }

    public KeySet Keys { get; }

    /// <summary>The key set as the instance serves it: JSON text.</summary>
    public string Jwks { get; }

    /// <summary>The public key as Clerk's dashboard shows it (<c>CLERK_JWT_KEY</c>).</summary>
    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem();

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>A person's session token of 60 seconds, claims of version 2.</summary>
    public string Session(Action<JsonObject>? claims = null, Action<JsonObject>? header = null) =>
        Sign(Changed(Header(SessionCategory), header), Changed(SessionClaims(), claims));

    /// <summary>A JWT template's token of 60 seconds.</summary>
    public string Template(Action<JsonObject>? claims = null, Action<JsonObject>? header = null) =>
        Sign(Changed(Header(TemplateCategory), header), Changed(TemplateClaims(), claims));

    /// <summary>A machine's token of 15 minutes for <see cref="ReceiverId"/>.</summary>
    public string M2M(Action<JsonObject>? claims = null, Action<JsonObject>? header = null) =>
        Sign(Changed(Header(M2MCategory), header), Changed(M2MClaims(), claims));

    /// <summary>An OAuth access token of one day.</summary>
    public string OAuth(Action<JsonObject>? claims = null, Action<JsonObject>? header = null) =>
        Sign(Changed(OAuthHeader(), header), Changed(OAuthClaims(), claims));

    /// <summary>Signs any two texts, JSON or not.</summary>
    public string Sign(string header, string payload) => Sign(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload));

    /// <summary>Signs any bytes, text or not.</summary>
    public string Sign(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload) =>
        SignParts(Base64Url.EncodeToString(header), Base64Url.EncodeToString(payload));

    /// <summary>Signs two parts as they are written, base64url or not.</summary>
    public string SignParts(string header, string payload)
    {
        var signed = $"{header}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(Signature(signed))}";
    }

    /// <summary>The RS256 signature over a text.</summary>
    public byte[] Signature(string text) =>
        _key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>The header of an instance's token of this category (null: without one).</summary>
    public JsonObject Header(string? category = SessionCategory)
    {
        var header = new JsonObject { ["alg"] = "RS256" };
        if (category is not null)
        {
            header["cat"] = category;
        }

        header["kid"] = KeyId;
        header["typ"] = "JWT";
        return header;
    }

    public JsonObject SessionClaims() => new()
    {
        ["azp"] = Origin,
        ["exp"] = Now + 60,
        ["fva"] = new JsonArray(3, -1),
        ["iat"] = Now,
        ["iss"] = IssuerName,
        ["jti"] = "0123456789abcdef0123",
        ["nbf"] = Now - 10,
        ["pla"] = "u:free",
        ["sid"] = SessionId,
        ["sts"] = "active",
        ["sub"] = UserId,
        ["v"] = 2,
    };

    public JsonObject TemplateClaims() => new()
    {
        ["azp"] = Origin,
        ["exp"] = Now + 60,
        ["iat"] = Now,
        ["iss"] = IssuerName,
        ["jti"] = "0123456789abcdef0123",
        ["nbf"] = Now - 5,
        ["sub"] = UserId,
    };

    public JsonObject M2MClaims() => new()
    {
        ["aud"] = new JsonArray(ReceiverId),
        ["exp"] = Now + 900,
        ["iat"] = Now,
        ["iss"] = IssuerName,
        ["jti"] = "mt_0123456789abcdef0123456789abcdef",
        ["nbf"] = Now - 5,
        ["scopes"] = ReceiverId,
        ["sub"] = MachineId,
    };

    public JsonObject OAuthClaims() => new()
    {
        ["client_id"] = "client0123456789",
        ["exp"] = Now + 86_400,
        ["iat"] = Now,
        ["iss"] = IssuerName,
        ["jti"] = "oat_0123456789abcdef0123456789abcdef",
        ["nbf"] = Now - 5,
        ["scope"] = "email profile",
        ["sub"] = UserId,
    };

    private JsonObject OAuthHeader() => new() { ["alg"] = "RS256", ["kid"] = KeyId, ["typ"] = "at+jwt" };

    private JsonObject Jwk()
    {
        var numbers = _key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["use"] = "sig",
            ["kty"] = "RSA",
            ["kid"] = KeyId,
            ["alg"] = "RS256",
            ["n"] = Base64Url.EncodeToString(numbers.Modulus),
            ["e"] = Base64Url.EncodeToString(numbers.Exponent),
        };
    }

    private static string Changed(JsonObject json, Action<JsonObject>? change)
    {
        change?.Invoke(json);
        return json.ToJsonString();
    }
}
