using System.Security.Cryptography;
using System.Text.Json;

namespace Gatehouse.Tests.Tokens.Differential;

/// <summary>
/// A second opinion, written from RFC 7515, 7518, 7519 and 9068 and from the first two decisions of the design, and from no line of the
/// verifier that it judges. It reads everything before it decides anything, which no verifier for strangers should.
/// </summary>
internal sealed class SlowVerifier(IReadOnlyList<SlowIssuer> issuers, double now)
{
    public SlowVerdict Verify(string text, SlowEntrance entrance)
    {
        using var token = SlowToken.Read(text);
        if (token is null)
        {
            return SlowVerdict.Refused("no JWS of JSON objects");
        }

        var issuer = Text(token.Claims, "iss") is { } name ? issuers.SingleOrDefault(one => one.Name == name) : null;
        if (issuer is null)
        {
            return SlowVerdict.Refused("no issuer of ours");
        }

        var objection = Header(token.Header) ?? Signature(token, issuer) ?? Registered(token.Claims);
        if (objection is not null)
        {
            return SlowVerdict.Refused(objection);
        }

        var tokenClass = issuer.IsForeign ? ForeignClass(token) : ClerkClass(token);
        objection = tokenClass is null ? "no class" : Entrance(token.Claims, tokenClass, issuer, entrance);
        return objection is null ? new SlowVerdict(null, tokenClass!, Text(token.Claims, "sub")!) : SlowVerdict.Refused(objection);
    }

    // RFC 7515, section 4.1: the types of the members that are used; an extension that must be understood is not.
    private static string? Header(JsonElement header)
    {
        foreach (var name in new[] { "alg", "kid", "typ", "cat" })
        {
            if (header.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.String)
            {
                return $"{name} is no text";
            }
        }

        if (header.TryGetProperty("crit", out _))
        {
            return "a critical extension";
        }

        return Text(header, "typ") is null or "JWT" or "at+jwt" or "application/at+jwt" ? null : "another type";
    }

    // RFC 7515, section 5.2; RFC 7518, sections 3.3 and 3.4. The algorithm is the one that the key is for.
    private static string? Signature(SlowToken token, SlowIssuer issuer)
    {
        if (Text(token.Header, "kid") is not { } keyId || !issuer.Keys.TryGetValue(keyId, out var key))
        {
            return "no such key";
        }

        var good = (key, Text(token.Header, "alg")) switch
        {
            (RSA rsa, "RS256") => token.Signature.Length * 8 == rsa.KeySize
                && rsa.VerifyData(token.SigningInput, token.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            (ECDsa curve, "ES256") => token.Signature.Length == 64
                && curve.VerifyData(token.SigningInput, token.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            _ => false,
        };
        return good ? null : "not signed by this key in its way";
    }

    // RFC 7519, section 4.1: the types of the registered claims.
    private static string? Registered(JsonElement claims)
    {
        foreach (var name in new[] { "iss", "sub", "jti" })
        {
            if (claims.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.String)
            {
                return $"{name} is no text";
            }
        }

        foreach (var name in new[] { "exp", "nbf", "iat" })
        {
            if (claims.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Number)
            {
                return $"{name} is no number";
            }
        }

        return claims.TryGetProperty("aud", out _) && Texts(claims, "aud") is null ? "aud is neither a text nor a list of texts" : null;
    }

    // Decision 1.
    private static string? ClerkClass(SlowToken token)
    {
        var category = Text(token.Header, "cat");
        category = category == "cl_I7d4PD111III" ? null : category;
        var known = category is null or "cl_B7d4PD111AAA" or "cl_B7d4PD222AAA" or "cl_B7d4PD333AAA";
        if (!known || Text(token.Claims, "sub") is not { } subject)
        {
            return null;
        }

        // A machine's further claims are its own words.
        if (token.Claims.TryGetProperty("handshake", out _) && !IsId("mch_", subject))
        {
            return null;
        }

        var session = token.Claims.TryGetProperty("sid", out _);
        var (isUser, isMachine) = (IsId("user_", subject), IsId("mch_", subject));
        if (Text(token.Header, "typ") is "at+jwt" or "application/at+jwt")
        {
            return category is null && isUser && !session ? "OAuth" : null;
        }

        if (isMachine || category == "cl_B7d4PD333AAA")
        {
            return isMachine && !session && (category is null || category == "cl_B7d4PD333AAA") ? "M2M" : null;
        }

        if (!isUser)
        {
            return null;
        }

        var isSession = Text(token.Claims, "sid") is { } id && IsId("sess_", id);
        return category switch
        {
            "cl_B7d4PD111AAA" => isSession ? "Session" : null,
            "cl_B7d4PD222AAA" => session ? null : "Template",
            _ => !session ? "Template" : isSession ? "Session" : null,
        };
    }

    // A foreign issuer has no categories of Clerk's, and its tokens are one class.
    private static string? ForeignClass(SlowToken token) =>
        !token.Header.TryGetProperty("cat", out _) && Text(token.Claims, "sub") is { Length: > 0 } ? "OAuth" : null;

    // What the entrance demands, and RFC 7519, sections 4.1.3 to 4.1.6.
    private string? Entrance(JsonElement claims, string tokenClass, SlowIssuer issuer, SlowEntrance entrance)
    {
        if (!entrance.Classes.Contains(tokenClass))
        {
            return "a class that is not taken";
        }

        if (tokenClass != "M2M" && claims.TryGetProperty("azp", out var party) && party.ValueKind != JsonValueKind.String)
        {
            return "azp is no text";
        }

        if (entrance.Parties.Length > 0 && (tokenClass == "Session" || tokenClass == "Template")
            && !(Text(claims, "azp") is { } named ? entrance.Parties.Contains(named) : entrance.AdmitAbsentParty))
        {
            return "another party";
        }

        return Audience(claims, tokenClass, issuer, entrance) ?? Time(claims, tokenClass, entrance) ?? Rest(claims, tokenClass, entrance);
    }

    private static string? Audience(JsonElement claims, string tokenClass, SlowIssuer issuer, SlowEntrance entrance)
    {
        if (tokenClass == "Template" && entrance.TemplateClaim is { } wanted && string.IsNullOrEmpty(Text(claims, wanted)))
        {
            return "the template's claim is missing";
        }

        var demanded = tokenClass != "M2M" && (entrance.Audiences.Length > 0 || issuer.IsForeign);
        return demanded && !(Texts(claims, "aud") ?? []).Intersect(entrance.Audiences).Any() ? "for somebody else" : null;
    }

    private string? Time(JsonElement claims, string tokenClass, SlowEntrance entrance)
    {
        if (Number(claims, "exp") is not { } end || end <= now - entrance.Skew)
        {
            return "expired, or without an end";
        }

        if (Number(claims, "nbf") > now + entrance.Skew || Number(claims, "iat") > now + entrance.Skew)
        {
            return "not begun";
        }

        return Number(claims, "iat") is { } issued && end - issued <= entrance.MaximumLifetimes[tokenClass] ? null : "lives too long";
    }

    private static string? Rest(JsonElement claims, string tokenClass, SlowEntrance entrance)
    {
        if (tokenClass == "M2M")
        {
            var receivers = Texts(claims, claims.TryGetProperty("scopes", out _) ? "scopes" : "aud", split: claims.TryGetProperty("scopes", out _));
            return entrance.MachineId is { } machine && (receivers ?? []).Contains(machine) ? null : "for another machine";
        }

        return tokenClass == "Session" && Text(claims, "sts") == "pending" && !entrance.AdmitPending ? "has an outstanding task" : null;
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string[]? Texts(JsonElement json, string name, bool split = false)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return [];
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => split ? value.GetString()!.Split(' ') : [value.GetString()!],
            JsonValueKind.Array when value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) =>
                [.. value.EnumerateArray().Select(one => one.GetString()!)],
            _ => null,
        };
    }

    // A prefix, and 1 to 64 of [A-Za-z0-9_].
    private static bool IsId(string prefix, string text) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.Length - prefix.Length is >= 1 and <= 64
        && text[prefix.Length..].All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
