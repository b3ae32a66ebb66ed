using System.Text.Json;
using Gatehouse.Tokens;

namespace Gatehouse.Host.Tokens.Inspection;

/// <summary>What the claims mean, by the class of the token that carries them.</summary>
internal static class ClaimWords
{
    private static readonly Dictionary<string, string> OfEverybody = new(StringComparer.Ordinal)
    {
        ["iss"] = "who says to have issued it: at Clerk the instance's Frontend API",
        ["jti"] = "the token's own id, by which it alone can be revoked",
        ["act"] = "somebody else acts as this user (impersonation): operators' entrances refuse it",
        ["handshake"] = "cookies of a browser's handshake: never a credential for a request",
    };

    private static readonly Dictionary<string, string> OfSessions = new(StringComparer.Ordinal)
    {
        ["sid"] = "the session: ending it revokes all of its tokens",
        ["v"] = "the version of the session's claims",
        ["pla"] = "the plan: u of the user, o of the organization",
        ["fea"] = "the features: u of the user, o of the organization",
        ["o"] = "the active organization: id, slug, role, and permissions packed into per and fpm, decoded below",
        ["org_id"] = "the active organization, as version 1 of the claims had it",
        ["org_slug"] = "its slug, as version 1 had it",
        ["org_role"] = "the person's role there, as version 1 had it",
        ["org_permissions"] = "the person's permissions there, as version 1 had them",
    };

    private static readonly Dictionary<string, string> OfOAuth = new(StringComparer.Ordinal)
    {
        ["scope"] = "what the OAuth application may do; by itself it grants nothing here",
        ["scp"] = "the same as scope, as some issuers write it",
        ["client_id"] = "the OAuth application that it was issued to",
    };

    public static string Of(string name, JsonElement value, TokenClass tokenClass, DateTimeOffset now)
    {
        return name switch
        {
            "exp" => TimeWords.Of("it expires", value, now),
            "iat" => TimeWords.Of("it was issued", value, now),
            "nbf" => TimeWords.Of("it begins", value, now),
            "auth_time" => TimeWords.Of("the person signed in", value, now),
            "sub" => Subject(value),
            "aud" => tokenClass == TokenClass.M2M ? "the machines that may receive it, when it has no scopes" : "for whom it is meant",
            "scopes" when tokenClass == TokenClass.M2M => "the machines that may receive it",
            "azp" when IsOr(TokenClass.Session | TokenClass.Template) => "the origin that it was made for: compare it with the origins that you serve",
            "sts" when IsOr(TokenClass.Session) => Status(value),
            "fva" when IsOr(TokenClass.Session) => FactorAges(value),
            _ when OfEverybody.TryGetValue(name, out var words) => words,
            _ when IsOr(TokenClass.Session) && OfSessions.TryGetValue(name, out var words) => words,
            _ when IsOr(TokenClass.OAuth) && OfOAuth.TryGetValue(name, out var words) => words,
            _ => Custom(tokenClass),
        };

        // Of a token that contradicts itself nobody knows whose claims they are.
        bool IsOr(TokenClass classes) => tokenClass == TokenClass.None || classes.HasFlag(tokenClass);
    }

    private static string Subject(JsonElement value)
    {
        var id = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return ClerkIds.Is(ClerkIds.User, id) ? "whom it identifies: a user"
            : ClerkIds.Is(ClerkIds.Machine, id) ? "whom it identifies: a machine"
            : "whom it identifies, by no id of Clerk's for a user or a machine";
    }

    private static string Status(JsonElement value) => value.ValueKind == JsonValueKind.String && value.ValueEquals("active")
        ? "the session's status"
        : "the session's status: it has an outstanding task, or is not known here";

    private static string FactorAges(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2
        && value[0].TryGetAge(out var first) && value[1].TryGetAge(out var second)
            ? $"when the factors were verified, as seen when it was issued: the first {Age(first)}, the second {Age(second)}"
            : "minutes since the first and the second factor were verified; not as it must be";

    private static bool TryGetAge(this JsonElement value, out int minutes)
    {
        minutes = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out minutes);
    }

    private static string Age(int minutes) => minutes < 0 ? "never" : $"{minutes} min before";

    private static string Custom(TokenClass tokenClass) => tokenClass switch
    {
        TokenClass.Session => "added by the instance's own customization of session tokens",
        TokenClass.Template => "added by the JWT template",
        TokenClass.M2M => "added by the machine that minted it, which may write what it likes: never authority",
        TokenClass.OAuth => "added by whoever issued it: never authority",
        _ => "no claim that is known here",
    };
}
