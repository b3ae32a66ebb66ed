using System.Text.Json;

namespace Gatehouse.Host.Tokens.Inspection;

/// <summary>What the members of a JOSE header mean.</summary>
internal static class HeaderWords
{
    private const string NeverFollowed = "where or with which key to verify, by the sender's own word: never followed";
    private const string Extension = "an extension that changes how the token must be read: refused";

    public static string Of(string name, JsonElement value) => name switch
    {
        "alg" => Algorithm(Text(value)),
        "kid" => "the key that it was signed with, at Clerk the instance's id: looked up among the issuer's own keys only",
        "typ" => Type(Text(value)),
        "cat" => Category(Text(value)),
        "oiat" => "Clerk's note of when the session's first token was issued: decides nothing here",
        "jku" or "x5u" or "jwk" or "x5c" or "x5t" or "x5t#S256" => NeverFollowed,
        "crit" or "b64" or "zip" => Extension,
        _ => "not known here, and ignored",
    };

    private static string Algorithm(string? name) => name switch
    {
        "RS256" => "signed with RSA and SHA-256, the algorithm of Clerk",
        "ES256" => "signed with the curve P-256 and SHA-256: taken only of a configured OpenID Connect issuer",
        "none" => "not signed at all: refused",
        _ => "an algorithm that is not taken",
    };

    private static string Type(string? name) => name switch
    {
        "JWT" => "a JSON Web Token",
        "at+jwt" or "application/at+jwt" => "an OAuth access token (RFC 9068)",
        _ => "a type that is not known here: refused",
    };

    private static string Category(string? name) => name switch
    {
        "cl_B7d4PD111AAA" => "Clerk's mark for session tokens",
        "cl_B7d4PD222AAA" => "Clerk's mark for tokens of a JWT template",
        "cl_B7d4PD333AAA" => "Clerk's mark for machine tokens",
        "cl_I7d4PD111III" => "Clerk's mark that says nothing: as if it were absent",
        _ => "a mark that is not known here: refused",
    };

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
