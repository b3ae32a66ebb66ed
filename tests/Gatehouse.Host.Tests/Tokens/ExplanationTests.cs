using System.Text.Json;
using Gatehouse.Host.Tokens.Inspection;
using Gatehouse.Tokens;

namespace Gatehouse.Host.Tests.Tokens;

/// <summary>The words for header members and claims, one by one.</summary>
public sealed class ExplanationTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_772_366_400);

    [Theory]
    [InlineData("alg", "\"none\"", "not signed at all: refused")]
    [InlineData("alg", "\"HS256\"", "an algorithm that is not taken")]
    [InlineData("alg", "256", "an algorithm that is not taken")]
    [InlineData("alg", "\"ES256\"", "signed with the curve P-256 and SHA-256: taken only of a configured OpenID Connect issuer")]
    [InlineData("typ", "\"at+jwt\"", "an OAuth access token (RFC 9068)")]
    [InlineData("typ", "\"jwt\"", "a type that is not known here: refused")]
    [InlineData("cat", "\"cl_I7d4PD111III\"", "Clerk's mark that says nothing: as if it were absent")]
    [InlineData("cat", "\"cl_other\"", "a mark that is not known here: refused")]
    [InlineData("jku", "\"https://evil.example.com\"", "where or with which key to verify, by the sender's own word: never followed")]
    [InlineData("crit", "[\"exp\"]", "an extension that changes how the token must be read: refused")]
    [InlineData("x", "1", "not known here, and ignored")]
    public void Header_members(string name, string value, string words) => Assert.Equal(words, HeaderWords.Of(name, Value(value)));

    [Theory]
    [InlineData("exp", "1772366400", "when it expires: 2026-03-01 12:00:00Z, now")]
    [InlineData("exp", "1772366519", "when it expires: 2026-03-01 12:01:59Z, in 119 s")]
    [InlineData("exp", "1772366520", "when it expires: 2026-03-01 12:02:00Z, in 2 min")]
    [InlineData("iat", "1772359200", "when it was issued: 2026-03-01 10:00:00Z, 2 h ago")]
    [InlineData("nbf", "1772193600", "when it begins: 2026-02-27 12:00:00Z, 2 days ago")]
    [InlineData("exp", "253402300799", "when it expires: 9999-12-31 23:59:59Z, in 2912383 days")]
    [InlineData("exp", "253402300800", "when it expires; not a whole number of seconds, so refused")]
    [InlineData("exp", "1.5", "when it expires; not a whole number of seconds, so refused")]
    [InlineData("exp", "-1", "when it expires; not a whole number of seconds, so refused")]
    [InlineData("exp", "\"1772366400\"", "when it expires; not a whole number of seconds, so refused")]
    public void Times(string name, string value, string words) => Assert.Equal(words, Of(name, value));

    [Theory]
    [InlineData("sub", "\"user_2A\"", "whom it identifies: a user")]
    [InlineData("sub", "\"mch_2A\"", "whom it identifies: a machine")]
    [InlineData("sub", "\"user_\"", "whom it identifies, by no id of Clerk's for a user or a machine")]
    [InlineData("sub", "null", "whom it identifies, by no id of Clerk's for a user or a machine")]
    [InlineData("sts", "\"pending\"", "the session's status: it has an outstanding task, or is not known here")]
    [InlineData("sts", "7", "the session's status: it has an outstanding task, or is not known here")]
    [InlineData("fva", "[-1,12]", "when the factors were verified, as seen when it was issued: the first never, the second 12 min before")]
    [InlineData("fva", "[1]", "minutes since the first and the second factor were verified; not as it must be")]
    [InlineData("fva", "[\"1\",2]", "minutes since the first and the second factor were verified; not as it must be")]
    [InlineData("act", "{\"sub\":\"user_2B\"}", "somebody else acts as this user (impersonation): operators' entrances refuse it")]
    [InlineData("aud", "\"a\"", "for whom it is meant")]
    [InlineData("role", "\"admin\"", "added by the instance's own customization of session tokens")]
    public void Claims_of_a_session(string name, string value, string words) => Assert.Equal(words, Of(name, value));

    [Theory]
    [InlineData("aud", "the machines that may receive it, when it has no scopes")]
    [InlineData("scopes", "the machines that may receive it")]
    [InlineData("org_role", "added by the machine that minted it, which may write what it likes: never authority")]
    [InlineData("o", "added by the machine that minted it, which may write what it likes: never authority")]
    [InlineData("scope", "added by the machine that minted it, which may write what it likes: never authority")]
    public void Claims_of_a_machine(string name, string words) => Assert.Equal(words, Of(name, "\"x\"", TokenClass.M2M));

    [Theory]
    [InlineData("scope", "what the OAuth application may do; by itself it grants nothing here")]
    [InlineData("client_id", "the OAuth application that it was issued to")]
    [InlineData("fea", "added by whoever issued it: never authority")]
    public void Claims_of_an_OAuth_token(string name, string words) => Assert.Equal(words, Of(name, "\"x\"", TokenClass.OAuth));

    private static string Of(string name, string value, TokenClass tokenClass = TokenClass.Session) => ClaimWords.Of(name, Value(value), tokenClass, Now);

    private static JsonElement Value(string json) => JsonElement.Parse(json);
}
