using System.Text.Json.Nodes;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens.Attacks;

/// <summary>
/// A genuine token for somebody else (RFC 8725, sections 2.7, 2.8, 3.8 and 3.9): another issuer, audience, party or machine whose name is
/// nearly ours. Names are compared to the letter, whole (CVE-2024-53861 in PyJWT: by a part).
/// </summary>
public sealed class SubstitutionAttacks
{
    private const string Audience = "https://api.example.com";

    // Each takes a name and gives one that is not it.
    private static readonly Dictionary<string, Func<string, string>> Neighbours = new()
    {
        ["empty"] = _ => "",
        ["first letter"] = name => name[..1],
        ["cut by a letter"] = name => name[..^1],
        ["without its first letter"] = name => name[1..],
        ["longer by a letter"] = name => name + "x",
        ["a slash behind"] = name => name + "/",
        ["a dot behind"] = name => name + ".",
        ["a space behind"] = name => name + " ",
        ["a space before"] = name => " " + name,
        ["a line break behind"] = name => name + "\n",
        ["a NUL behind"] = name => name + "\0",
        ["a NUL and more behind"] = name => name + "\0.evil.example",
        ["a host behind"] = name => name + ".evil.example",
        ["as user info"] = name => name + "@evil.example",
        ["as a fragment"] = name => "https://evil.example/#" + name,
        ["as a query"] = name => "https://evil.example/?" + name,
        ["in capitals"] = name => name.ToUpperInvariant(),
        ["with a port"] = name => name + ":443",
        ["twice"] = name => name + name,
        ["twice with a comma"] = name => $"{name},{name}",
        ["twice with a space"] = name => $"{name} {name}",
        ["in a list as text"] = name => $"[\"{name}\"]",
        ["a pattern"] = _ => "*",
        ["a pattern for all"] = _ => ".*",
        ["a letter of another script"] = name => name.Replace('e', 'е').Replace('i', 'і'),
        ["composed otherwise"] = name => name + "\u0301",
        ["invisibly longer"] = name => name + "\u200B",
        ["escaped"] = name => Uri.EscapeDataString(name) + "%00",
    };

    private readonly Gate _gate = new();

    public static TheoryData<string> Rows => [.. Neighbours.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Another_name_than_ours_is_not_ours(string row)
    {
        var other = Neighbours[row];
        Assert.Equal(TokenFailure.Issuer, await _gate.RefusalAsync(_gate.Forge.Session(claims => claims["iss"] = other(_gate.Forge.IssuerName))));
        Assert.Equal(
            TokenFailure.AuthorizedParty,
            await _gate.RefusalAsync(
                _gate.Forge.Session(claims => claims["azp"] = other(TokenForge.Origin)),
                Gate.Open with { AuthorizedParties = [TokenForge.Origin], AdmitAbsentParty = true }));
        foreach (var audience in new JsonNode[] { other(Audience), new JsonArray(other(Audience)), new JsonArray("else", other(Audience)) })
        {
            Assert.Equal(
                TokenFailure.Audience,
                await _gate.RefusalAsync(_gate.Forge.OAuth(claims => claims["aud"] = audience), Gate.Open with { Audiences = [Audience] }));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Another_machine_than_this_one_is_not_this_one(string row)
    {
        // Scopes are separated by spaces, so that our id between spaces is our id.
        var other = Neighbours[row](TokenForge.ReceiverId);
        if (other.Split(' ').Contains(TokenForge.ReceiverId, StringComparer.Ordinal))
        {
            return;
        }

        Assert.Equal(TokenFailure.Scope, await _gate.RefusalAsync(_gate.Forge.M2M(claims => claims["scopes"] = other)));
        Assert.Equal(TokenFailure.Scope, await _gate.RefusalAsync(_gate.Forge.M2M(claims => claims["scopes"] = new JsonArray(other))));
        Assert.Equal(TokenFailure.Scope, await _gate.RefusalAsync(_gate.Forge.M2M(claims =>
        {
            claims.Remove("scopes");
            claims["aud"] = new JsonArray(other);
        })));
    }

    // RFC 8725, section 3.9: in a list of audiences one that is ours is enough, but a list of lists or a text with both is no list.
    [Fact]
    public async Task An_audience_within_another_is_no_audience()
    {
        var entrance = Gate.Open with { Audiences = [Audience] };
        Assert.Null(await _gate.RefusalAsync(_gate.Forge.OAuth(claims => claims["aud"] = new JsonArray("else", Audience)), entrance));
        Assert.Equal(
            TokenFailure.Malformed,
            await _gate.RefusalAsync(_gate.Forge.OAuth(claims => claims["aud"] = new JsonArray(new JsonArray(Audience))), entrance));
        Assert.Equal(
            TokenFailure.Malformed,
            await _gate.RefusalAsync(_gate.Forge.OAuth(claims => claims["aud"] = new JsonObject { [Audience] = Audience }), entrance));
    }
}
