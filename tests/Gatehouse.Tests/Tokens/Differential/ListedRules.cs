using System.Text.Json;

namespace Gatehouse.Tests.Tokens.Differential;

/// <summary>
/// Where Gatehouse is stricter than the RFCs and the design's first decisions, on purpose: each refusal of what the slow verifier accepts must
/// be one of these.
/// </summary>
internal static class ListedRules
{
    private static readonly (string Name, Func<SlowToken, bool, bool> Applies)[] Rules =
    [
        ("longer than 16,384 characters", (token, _) => token.Text.Length > 16_384),
        ("nested deeper than 32 levels", (token, _) => Depth(token.Header) > 32 || Depth(token.Claims) > 32),
        ("a header with b64 or zip, which change what was signed", (token, foreign) => token.Header.TryGetProperty("b64", out _) || token.Header.TryGetProperty("zip", out _)),
        ("a category in the header of a foreign token", (token, foreign) => foreign && token.Header.TryGetProperty("cat", out _)),
        ("a time that is no whole number of seconds from 1970 to 9999", (token, _) => HasOddTime(token.Claims)),
        ("a claim of Clerk's of another type than Clerk writes", (token, foreign) => !foreign && HasOddClerkClaim(token.Claims)),
        ("a scope that is neither text nor a list of texts", (token, _) => HasOddScope(token.Claims)),
        ("a status of the session that is not active", (token, foreign) => !foreign && token.Claims.TryGetProperty("sts", out var status) && !(status.ValueKind == JsonValueKind.String && status.GetString() == "active")),
    ];

    public static IReadOnlyList<string> Of(string text, Func<string?, bool> isForeign)
    {
        using var token = SlowToken.Read(text)!;
        var foreign = isForeign(token.Claims.GetProperty("iss").GetString());
        return [.. Rules.Where(rule => rule.Applies(token, foreign)).Select(rule => rule.Name)];
    }

    private static int Depth(JsonElement element) => 1 + element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Select(member => Depth(member.Value)).DefaultIfEmpty(0).Max(),
        JsonValueKind.Array => element.EnumerateArray().Select(Depth).DefaultIfEmpty(0).Max(),
        _ => -1,
    };

    private static bool HasOddTime(JsonElement claims) => Array.Exists(
        ["exp", "iat", "nbf"],
        name => claims.TryGetProperty(name, out var time) && !(time.TryGetInt64(out var seconds) && seconds is >= 0 and <= 253402300799));

    private static bool HasOddClerkClaim(JsonElement claims) => claims.EnumerateObject().Any(claim => claim.Name switch
    {
        "sid" or "azp" or "fea" or "pla" or "sts" => claim.Value.ValueKind != JsonValueKind.String,
        "v" => !(claim.Value.ValueKind == JsonValueKind.Number && claim.Value.TryGetInt32(out _)),
        "fva" => !(claim.Value.ValueKind == JsonValueKind.Array && claim.Value.GetArrayLength() == 2
            && claim.Value.EnumerateArray().All(age => age.ValueKind == JsonValueKind.Number && age.TryGetInt32(out _))),
        "act" => claim.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null),
        "o" => claim.Value.ValueKind != JsonValueKind.Object || claim.Value.EnumerateObject().Any(
            member => member.Name is "id" or "slg" or "rol" or "per" or "fpm" && !IsTextOrNull(member.Value)),
        "org_id" or "org_slug" or "org_role" => !IsTextOrNull(claim.Value),
        "org_permissions" => claim.Value.ValueKind != JsonValueKind.Null && !IsTexts(claim.Value),
        "scopes" => claim.Value.ValueKind != JsonValueKind.String && !IsTexts(claim.Value),
        _ => false,
    });

    private static bool HasOddScope(JsonElement claims) => Array.Exists(
        ["scope", "scp"],
        name => claims.TryGetProperty(name, out var scope) && scope.ValueKind != JsonValueKind.String && !IsTexts(scope));

    private static bool IsTexts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String);

    private static bool IsTextOrNull(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Null;
}
