using System.Text.Json.Nodes;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

/// <summary>Decision 1: what a genuine JWT is, by header and claims, and who takes it.</summary>
public sealed class ClassTests
{
    private const string Session = TokenForge.SessionCategory;
    private const string Template = TokenForge.TemplateCategory;
    private const string M2M = TokenForge.M2MCategory;
    private const string Ignore = TokenForge.IgnoreCategory;
    private const string User = TokenForge.UserId;
    private const string Machine = TokenForge.MachineId;
    private const string Sid = TokenForge.SessionId;

    private static readonly TokenClass[] Classes =
        [TokenClass.Session, TokenClass.Template, TokenClass.M2M, TokenClass.OAuth, TokenClass.ApiKey, TokenClass.Handshake];

    // Every combination that has a class; all others have none.
    private static readonly Dictionary<(string? Category, string? Type, string? Subject, string? SessionId), TokenClass> Sound = new()
    {
        [(Session, null, User, Sid)] = TokenClass.Session,
        [(Session, "JWT", User, Sid)] = TokenClass.Session,
        [(null, null, User, Sid)] = TokenClass.Session,
        [(null, "JWT", User, Sid)] = TokenClass.Session,
        [(Ignore, null, User, Sid)] = TokenClass.Session,
        [(Ignore, "JWT", User, Sid)] = TokenClass.Session,
        [(Template, null, User, null)] = TokenClass.Template,
        [(Template, "JWT", User, null)] = TokenClass.Template,
        [(null, null, User, null)] = TokenClass.Template,
        [(null, "JWT", User, null)] = TokenClass.Template,
        [(Ignore, null, User, null)] = TokenClass.Template,
        [(Ignore, "JWT", User, null)] = TokenClass.Template,
        [(M2M, null, Machine, null)] = TokenClass.M2M,
        [(M2M, "JWT", Machine, null)] = TokenClass.M2M,
        [(null, null, Machine, null)] = TokenClass.M2M,
        [(null, "JWT", Machine, null)] = TokenClass.M2M,
        [(Ignore, null, Machine, null)] = TokenClass.M2M,
        [(Ignore, "JWT", Machine, null)] = TokenClass.M2M,
        [(null, "at+jwt", User, null)] = TokenClass.OAuth,
        [(null, "application/at+jwt", User, null)] = TokenClass.OAuth,
        [(Ignore, "at+jwt", User, null)] = TokenClass.OAuth,
        [(Ignore, "application/at+jwt", User, null)] = TokenClass.OAuth,
    };

    private static readonly string?[] Categories = [null, Session, Template, M2M, Ignore];
    private static readonly string?[] Types = [null, "JWT", "at+jwt", "application/at+jwt"];
    private static readonly string?[] SessionIds = [null, Sid, "", "sess_", "user_2TestPerson0000000000000001", "sess_with space"];

    private static readonly string?[] Subjects =
    [
        User, Machine, "", "user_", "mch_", "user_with space", "mch_2\n", "User_2X", "org_2Acme", "2TestPerson", " user_2X", "user_é",
        "user_" + "x23456789x23456789x23456789x23456789x23456789x23456789x23456789x2345",
    ];

    [Fact]
    public async Task Whole_table_of_header_and_claims_has_exactly_the_sound_classes()
    {
        var gate = new Gate();
        var wrong = new List<string>();
        foreach (var category in Categories)
        {
            foreach (var type in Types)
            {
                foreach (var subject in Subjects)
                {
                    foreach (var session in SessionIds)
                    {
                        var expected = Sound.GetValueOrDefault((category, type, subject, session));
                        var found = await ClassAsync(gate, category, type, subject, session);
                        if (found != expected)
                        {
                            wrong.Add($"cat {category} typ {type} sub {subject} sid {session}: {found} instead of {expected}");
                        }
                    }
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_class_enters_at_every_entrance_that_names_it_and_at_no_other()
    {
        var gate = new Gate();
        var tokens = new Dictionary<TokenClass, string>
        {
            [TokenClass.Session] = gate.Forge.Session(),
            [TokenClass.Template] = gate.Forge.Template(),
            [TokenClass.M2M] = gate.Forge.M2M(),
            [TokenClass.OAuth] = gate.Forge.OAuth(),
        };

        foreach (var (tokenClass, token) in tokens)
        {
            for (var set = 0; set < 1 << Classes.Length; set++)
            {
                var entrance = Gate.Open with { Classes = (TokenClass)set };
                TokenFailure? expected = entrance.Classes.HasFlag(tokenClass) ? null : TokenFailure.Class;
                Assert.Equal((tokenClass, set, expected), (tokenClass, set, await gate.RefusalAsync(token, entrance)));
            }
        }
    }

    [Theory]
    [InlineData(Session)]
    [InlineData(null)]
    [InlineData(Ignore)]
    public async Task A_handshake_is_never_a_credential_for_a_request(string? category)
    {
        var gate = new Gate();
        string Handshake(bool subject) => gate.Forge.Sign(
            gate.Forge.Header(category).ToJsonString(),
            Handshaking(gate.Forge.SessionClaims(), subject).ToJsonString());

        Assert.Equal(TokenFailure.Class, await gate.RefusalAsync(Handshake(subject: false), new Entrance()));
        Assert.Equal(TokenFailure.Class, await gate.RefusalAsync(Handshake(subject: true), Gate.Open));
        Assert.Equal(TokenFailure.Class, await gate.RefusalAsync(Handshake(subject: true), new Entrance()));
    }

    [Theory]
    [InlineData("user_", "user_2AbC_9", true)]
    [InlineData("user_", "user_x", true)]
    [InlineData("user_", "user_", false)]
    [InlineData("user_", "user_x\n", false)]
    [InlineData("user_", "user_x ", false)]
    [InlineData("user_", " user_x", false)]
    [InlineData("user_", "user_x-y", false)]
    [InlineData("user_", "user_é", false)]
    [InlineData("user_", "user_x\0", false)]
    [InlineData("user_", "USER_x", false)]
    [InlineData("user_", "mch_x", false)]
    [InlineData("user_", "", false)]
    [InlineData("user_", null, false)]
    public void An_id_is_a_prefix_and_1_to_64_letters_digits_and_underscores(string prefix, string? text, bool valid) =>
        Assert.Equal(valid, ClerkIds.Is(prefix, text));

    [Fact]
    public void An_id_has_at_most_64_characters_behind_its_prefix()
    {
        Assert.True(ClerkIds.Is(ClerkIds.User, "user_" + new string('a', 64)));
        Assert.False(ClerkIds.Is(ClerkIds.User, "user_" + new string('a', 65)));
    }

    private static JsonObject Handshaking(JsonObject claims, bool subject)
    {
        claims["handshake"] = new JsonArray("__session=x");
        if (!subject)
        {
            claims.Remove("sub");
        }

        return claims;
    }

    private static async Task<TokenClass> ClassAsync(Gate gate, string? category, string? type, string? subject, string? session)
    {
        var header = gate.Forge.Header(category);
        header.Remove("typ");
        if (type is not null)
        {
            header["typ"] = type;
        }

        var claims = gate.Forge.M2MClaims();
        claims["sub"] = subject;
        claims["exp"] = gate.Now + 60;
        if (session is not null)
        {
            claims["sid"] = session;
        }

        var result = await gate.VerifyAsync(gate.Forge.Sign(header.ToJsonString(), claims.ToJsonString()));
        Assert.True(result.Succeeded || result.Failure == TokenFailure.Class, $"{result.Failure}");
        return result.Claims?.Class ?? TokenClass.None;
    }
}
