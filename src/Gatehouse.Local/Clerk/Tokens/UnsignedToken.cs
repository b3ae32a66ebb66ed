using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.JwtTemplates;

namespace Gatehouse.Local.Clerk.Tokens;

/// <summary>A token whose text is fixed but for the signature, which takes longer to make than anything else here.</summary>
internal sealed class UnsignedToken
{
    private readonly Func<byte[], byte[]> _sign;
    private readonly string _content;

    private UnsignedToken(Func<byte[], byte[]> sign, string content) => (_sign, _content) = (sign, content);

    public static UnsignedToken Of(InstanceKey key, string category, ClaimSet claims, long? originallyIssuedAt = null)
    {
        var header = new ClaimSet { ["alg"] = "RS256", ["cat"] = category, ["kid"] = key.Id, ["typ"] = "JWT" };
        if (originallyIssuedAt is { } at)
        {
            header["oiat"] = at;
        }

        return new UnsignedToken(content => key.Sign(content), $"{Encode(header)}.{Encode(claims)}");
    }

    /// <summary>A token that a template's own key signs. It names no key, since no key set holds it.</summary>
    public static UnsignedToken Of(TemplateSigner signer, string category, ClaimSet claims)
    {
        var header = new ClaimSet { ["alg"] = signer.Algorithm, ["cat"] = category, ["typ"] = "JWT" };
        return new UnsignedToken(signer.Sign, $"{Encode(header)}.{Encode(claims)}");
    }

    /// <summary>A token of a JOSE type of its own, which needs no category.</summary>
    public static UnsignedToken OfType(string type, InstanceKey key, ClaimSet claims)
    {
        var header = new ClaimSet { ["alg"] = "RS256", ["kid"] = key.Id, ["typ"] = type };
        return new UnsignedToken(content => key.Sign(content), $"{Encode(header)}.{Encode(claims)}");
    }

    public string Sign() => $"{_content}.{Base64Url.EncodeToString(_sign(Encoding.ASCII.GetBytes(_content)))}";

    private static string Encode(ClaimSet members) => Base64Url.EncodeToString(AnswerWriter.Render(json => Write(json, members)).Span);

    private static void Write(Utf8JsonWriter json, ClaimSet members)
    {
        json.WriteStartObject();
        foreach (var (name, value) in members)
        {
            json.WritePropertyName(name);
            Write(json, value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JsonNode? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
        }
        else
        {
            value.WriteTo(json);
        }
    }
}
