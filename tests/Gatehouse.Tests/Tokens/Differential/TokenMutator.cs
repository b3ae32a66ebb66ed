using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Testbed;

namespace Gatehouse.Tests.Tokens.Differential;

/// <summary>Makes tokens that are nearly good, in every way that a token can be changed: by its structure and signed, by its bytes, and by what two good ones are made of.</summary>
internal sealed class TokenMutator
{
    private static readonly string[] HeaderNames = ["alg", "kid", "typ", "cat", "crit", "b64", "zip", "jku", "jwk", "x5c", "oiat", "x"];

    private static readonly string[] ClaimNames =
    [
        "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "sid", "azp", "sts", "v", "fva", "pla", "fea", "o", "act", "handshake", "scopes", "scope",
        "scp", "org_id", "org_role", "org_permissions", "role", "service", "x", "client_id",
    ];

    private static readonly string[] Odd =
    [
        "null", "true", "0", "1", "-1", "2.5", "1e3", "1e400", "\"\"", "\"x\"", "[]", "[\"x\"]", "[1]", "{}", "{\"id\":\"org_x\"}", "\"\\ud800\"",
        "99999999999999999999", "[[\"x\"]]", "\"\\u0000\"", "\" \"",
    ];

    private static readonly string[] Letters = [.. "ABCxyz019-_=.+/ \n\0é".Select(letter => $"{letter}"), "..", "=="];

    private readonly Seed[] _seeds;
    private readonly string[] _values;

    public TokenMutator(long now)
    {
        var clock = new TestClock(DateTimeOffset.FromUnixTimeSeconds(now));
        var (first, second, foreign) = (new TokenForge(clock), new TokenForge(clock, instance: 2), new ForeignIssuer(clock));
        _seeds = [.. Seeds(first), .. Seeds(second), .. Seeds(foreign), .. Seeds(foreign), .. Seeds(foreign)];
        _values =
        [
            .. Odd,
            .. new[]
            {
                "RS256", "ES256", "HS256", "none", first.KeyId, second.KeyId, ForeignIssuer.RsaKeyId, ForeignIssuer.EcKeyId, "JWT", "at+jwt",
                "application/at+jwt", TokenForge.SessionCategory, TokenForge.TemplateCategory, TokenForge.M2MCategory, TokenForge.IgnoreCategory,
                first.IssuerName, second.IssuerName, ForeignIssuer.Name, TokenForge.UserId, TokenForge.MachineId, TokenForge.ReceiverId,
                TokenForge.SessionId, TokenForge.Origin, ForeignIssuer.Audience, "hemera-api", "active", "pending", "aither", "user_", "sess_x y",
            }.Select(text => JsonValue.Create(text).ToJsonString()),
            .. new[] { -100_000, -60, -6, -5, -4, 0, 4, 5, 6, 60, 900, 901, 3600, 3601, 86_400, 86_401 }.Select(offset => $"{now + offset}"),
            $"{now}.0", $"{now + 60}.5", $"[\"{ForeignIssuer.Audience}\",\"hemera-api\"]", $"\"{TokenForge.ReceiverId} x\"",
        ];
    }

    private delegate string Signer(byte[] header, byte[] claims);

    public string Next(Random random)
    {
        var (seed, other) = (_seeds[random.Next(_seeds.Length)], _seeds[random.Next(_seeds.Length)]);
        return random.Next(100) switch
        {
            < 8 => seed.Sign(Bytes(Restructured(seed.Header, HeaderNames, random)), Bytes(seed.Claims)),
            < 21 => seed.Sign(Bytes(seed.Header), Bytes(Restructured(seed.Claims, ClaimNames, random))),
            < 24 => seed.Sign(Bytes(Restructured(seed.Header, HeaderNames, random)), Bytes(Restructured(seed.Claims, ClaimNames, random))),
            < 27 => seed.Sign(Bytes(seed.Header), Mutation.Of(Bytes(seed.Claims), random)),
            < 29 => seed.Sign(Mutation.Of(Bytes(seed.Header), random), Bytes(seed.Claims)),
            < 32 => other.Sign(Bytes(seed.Header), Bytes(seed.Claims)),
            < 52 => Spliced(seed.Token, other.Token, random),
            < 60 => $"{Crafted.Part(seed.Header)}.{Crafted.Part(Restructured(seed.Claims, ClaimNames, random))}.{Crafted.LastPart(seed.Token)}",
            < 92 => Damaged(seed.Token, random),
            _ => seed.Token,
        };
    }

    private static IEnumerable<Seed> Seeds(TokenForge forge)
    {
        string Sign(byte[] header, byte[] claims) => forge.Sign(header, claims);
        JsonObject OAuth() => new() { ["alg"] = "RS256", ["kid"] = forge.KeyId, ["typ"] = "at+jwt" };
        var organized = forge.SessionClaims();
        organized["o"] = new JsonObject { ["id"] = "org_2Acme", ["rol"] = "admin", ["per"] = "read", ["fpm"] = "1" };
        organized["fea"] = "o:billing";
        var meant = forge.TemplateClaims();
        (meant["aud"], meant["service"]) = ("hemera-api", "aither");
        var applied = forge.OAuthClaims();
        applied["aud"] = ForeignIssuer.Audience;
        return
        [
            Seed.Of(forge.Header(), forge.SessionClaims(), Sign), Seed.Of(forge.Header(category: null), organized, Sign),
            Seed.Of(forge.Header(TokenForge.TemplateCategory), meant, Sign), Seed.Of(forge.Header(TokenForge.M2MCategory), forge.M2MClaims(), Sign),
            Seed.Of(OAuth(), applied, Sign),
        ];
    }

    private static IEnumerable<Seed> Seeds(ForeignIssuer foreign) =>
    [
        Seed.Of(ForeignIssuer.Header("ES256", ForeignIssuer.EcKeyId), foreign.Claims(), (header, claims) => ForeignIssuer.Sign(header, claims, ForeignIssuer.EcSignature)),
        Seed.Of(ForeignIssuer.Header("ES256", ForeignIssuer.EcKeyId), foreign.Claims(), (header, claims) => ForeignIssuer.Sign(header, claims, ForeignIssuer.EcSignature)),
        Seed.Of(ForeignIssuer.Header("RS256", ForeignIssuer.RsaKeyId), foreign.Claims(), (header, claims) => ForeignIssuer.Sign(header, claims, ForeignIssuer.RsaSignature)),
    ];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    // One to three members taken away, exchanged, added, doubled, or written in another way.
    private string Restructured(string json, string[] names, Random random)
    {
        var members = JsonNode.Parse(json)!.AsObject().Select(member => (Name: $"\"{member.Key}\"", Value: member.Value?.ToJsonString() ?? "null")).ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var (name, value) = ($"\"{names[random.Next(names.Length)]}\"", _values[random.Next(_values.Length)]);
            var at = random.Next(members.Count + 1);
            var known = members.FindIndex(member => member.Name == name);
            switch (random.Next(8))
            {
                case 0 when known >= 0:
                    members.RemoveAt(known);
                    break;
                case 1 or 2 when known >= 0:
                    members[known] = (name, value);
                    break;
                case 3:
                    members.Insert(at, ($"\"\\u{(int)name[1]:x4}{name[2..]}", value));
                    break;
                case 4 when at < members.Count:
                    members.Insert(random.Next(members.Count), members[at]);
                    break;
                case 5 when at < members.Count:
                    members[at] = ($" \n{members[at].Name}\t", members[at].Value);
                    break;
                case 6 when at < members.Count:
                    (members[at], members[0]) = (members[0], members[at]);
                    break;
                default:
                    members.Insert(at, ($"\"c{random.Next(3)}\"", value));
                    break;
            }
        }

        return $"{{{string.Join(',', members.Select(member => $"{member.Name}:{member.Value}"))}}}";
    }

    private static string Spliced(string one, string other, Random random)
    {
        var (first, second) = (one.Split('.'), other.Split('.'));
        var choice = random.Next(1, 7);
        var parts = Enumerable.Range(0, 3).Select(at => (choice & (1 << at)) == 0 ? first[at] : second[at]).ToArray();
        if (random.Next(4) == 0)
        {
            var at = random.Next(3);
            parts[at] = first[at][..random.Next(first[at].Length)] + second[at][random.Next(second[at].Length)..];
        }

        return string.Join('.', parts);
    }

    private static string Damaged(string token, Random random)
    {
        var at = random.Next(token.Length);
        var letter = Letters[random.Next(Letters.Length)];
        return random.Next(9) switch
        {
            0 => token.Insert(at, letter),
            1 => token.Remove(at, 1),
            2 => token[..at],
            3 => token + letter,
            4 => letter + token,
            5 => token.Remove(at, Math.Min(4, token.Length - at)),
            6 => token[..at] + (char.IsLower(token[at]) ? char.ToUpperInvariant(token[at]) : char.ToLowerInvariant(token[at])) + token[(at + 1)..],
            7 => token[..^1] + Letters[random.Next(10)],
            _ => token[..at] + letter + token[(at + 1)..],
        };
    }

    private sealed record Seed(string Header, string Claims, string Token, Signer Sign)
    {
        public static Seed Of(JsonObject header, JsonObject claims, Signer sign)
        {
            var (head, body) = (header.ToJsonString(), claims.ToJsonString());
            return new Seed(head, body, sign(Bytes(head), Bytes(body)), sign);
        }
    }
}
