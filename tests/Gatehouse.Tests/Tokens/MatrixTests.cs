using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

/// <summary>Every class and form of token at every kind of entrance, each cell decided by hand; <c>in</c>, or why not.</summary>
public sealed class MatrixTests
{
    private const string Table = """
        .                session  parties  elsewhere cookie   pending  template audience claim    machine other    nameless oauth    oauth-aud key      person   service  short    everything nothing
        session          in       in       party     in       in       class    class    class    class   class    class    class    class     class    in       class    lifetime in         class
        session-v1       in       in       party     in       in       class    class    class    class   class    class    class    class     class    in       class    lifetime in         class
        session-no-azp   in       party    party     in       in       class    class    class    class   class    class    class    class     class    in       class    lifetime in         class
        session-pending  pending  pending  party     pending  in       class    class    class    class   class    class    class    class     class    pending  class    lifetime pending    class
        template         class    class    class     class    class    in       audience audience class   class    class    class    class     class    in       class    lifetime in         class
        template-for     class    class    class     class    class    in       in       in       class   class    class    class    class     class    in       class    lifetime in         class
        m2m              class    class    class     class    class    class    class    class    in      scope    scope    class    class     class    class    in       lifetime in         class
        m2m-unmarked     class    class    class     class    class    class    class    class    in      scope    scope    class    class     class    class    in       lifetime in         class
        m2m-opaque       class    class    class     class    class    class    class    class    in      scope    scope    class    class     class    class    in       in       in         class
        oauth            class    class    class     class    class    class    class    class    class   class    class    in       audience  class    class    in       lifetime in         class
        oauth-for        class    class    class     class    class    class    class    class    class   class    class    in       in        class    class    in       lifetime in         class
        oauth-opaque     class    class    class     class    class    class    class    class    class   class    class    in       audience  class    class    in       in       in         class
        api-key          class    class    class     class    class    class    class    class    class   class    class    class    class     in       class    in       in       in         class
        handshake        class    class    class     class    class    class    class    class    class   class    class    class    class     class    class    class    lifetime lifetime   class
        foreign          class    class    class     class    class    class    class    class    class   class    class    audience in        class    class    audience audience audience   class
        foreign-es256    class    class    class     class    class    class    class    class    class   class    class    audience in        class    class    audience audience audience   class
        """;

    private const TokenClass All =
        TokenClass.Session | TokenClass.Template | TokenClass.M2M | TokenClass.OAuth | TokenClass.ApiKey | TokenClass.Handshake;

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, Entrance> Entrances = new()
    {
        ["session"] = new Entrance(),
        ["parties"] = new Entrance { AuthorizedParties = [TokenForge.Origin] },
        ["elsewhere"] = new Entrance { AuthorizedParties = ["https://elsewhere.example.com"], AdmitPending = true },
        ["cookie"] = new Entrance { AuthorizedParties = [TokenForge.Origin], AdmitAbsentParty = true },
        ["pending"] = new Entrance { AdmitPending = true },
        ["template"] = new Entrance { Classes = TokenClass.Template },
        ["audience"] = new Entrance { Classes = TokenClass.Template, Audiences = ["hemera-api"] },
        ["claim"] = new Entrance { Classes = TokenClass.Template, TemplateClaim = "service" },
        ["machine"] = new Entrance { Classes = TokenClass.M2M, MachineId = TokenForge.ReceiverId },
        ["other"] = new Entrance { Classes = TokenClass.M2M, MachineId = "mch_2TestAnother00000000000001" },
        ["nameless"] = new Entrance { Classes = TokenClass.M2M },
        ["oauth"] = new Entrance { Classes = TokenClass.OAuth },
        ["oauth-aud"] = new Entrance { Classes = TokenClass.OAuth, Audiences = [Neighbourhood.Api] },
        ["key"] = new Entrance { Classes = TokenClass.ApiKey },
        ["person"] = new Entrance { Classes = TokenClass.Session | TokenClass.Template },
        ["service"] = new Entrance { Classes = TokenClass.M2M | TokenClass.OAuth | TokenClass.ApiKey, MachineId = TokenForge.ReceiverId },
        ["short"] = new Entrance
        {
            Classes = All,
            MachineId = TokenForge.ReceiverId,
            MaximumLifetimes = new MaximumLifetimes { Session = Short, Template = Short, M2M = Short, OAuth = Short },
        },
        ["everything"] = new Entrance { Classes = All, MachineId = TokenForge.ReceiverId },
        ["nothing"] = new Entrance { Classes = TokenClass.None, MachineId = TokenForge.ReceiverId },
    };

    private readonly Neighbourhood _neighbours = new();

    public static TheoryData<string, string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string, string>();
            foreach (var ((token, entrance), decision) in Decided)
            {
                cells.Add(token, entrance, decision);
            }

            return cells;
        }
    }

    public static TheoryData<string> Forms => [.. new Neighbourhood().Tokens.Keys];

    private static Dictionary<(string Token, string Entrance), string> Decided { get; } = Read();

    [Fact]
    public void Every_form_meets_every_entrance_in_the_table()
    {
        var wanted = from token in _neighbours.Tokens.Keys from entrance in Entrances.Keys select (token, entrance);
        Assert.Equal(wanted.Order(), Decided.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_token_enters_where_the_table_says_and_is_refused_for_what_it_says(string token, string entrance, string decision) =>
        Assert.Equal(decision, await ShowAsync(_neighbours.Verifier(cacheSize: 0), token, entrance));

    // What one entrance let into the cache is decided anew at the next, whichever comes first, and again when it comes back.
    [Theory]
    [MemberData(nameof(Forms))]
    public async Task No_entrance_learns_from_another_what_to_decide(string token)
    {
        foreach (var first in Entrances.Keys)
        {
            foreach (var second in Entrances.Keys)
            {
                var verifier = _neighbours.Verifier();
                string[] expected = [Decided[(token, first)], Decided[(token, second)], Decided[(token, first)]];
                string[] found = [await ShowAsync(verifier, token, first), await ShowAsync(verifier, token, second), await ShowAsync(verifier, token, first)];
                Assert.True(expected.SequenceEqual(found), $"{first}, {second}, {first}: {string.Join(", ", found)} instead of {string.Join(", ", expected)}");
            }
        }
    }

    // Reporting only is for demands: what is not genuine stays out at an entrance that was told to report everything.
    [Theory]
    [MemberData(nameof(RefusalTests.Rows), MemberType = typeof(RefusalTests))]
    public async Task An_entrance_that_only_reports_still_takes_nothing_that_is_not_genuine(string row)
    {
        var gate = new Gate();
        var (expected, token, entrance) = RefusalTests.Refusals[row];
        var result = await gate.VerifyAsync(token(gate.Forge), entrance with { ReportOnly = [.. Enum.GetValues<TokenFailure>()] });
        TokenFailure? found = result.Succeeded ? null : result.Failure;
        if (expected >= TokenFailure.Class && found is null)
        {
            Assert.Equal(expected, result.Reported);
        }
        else
        {
            // Where the class is only reported an opaque token is asked about, and there is nobody to ask.
            Assert.Equal(expected == TokenFailure.Class ? TokenFailure.NeedsClerk : expected, found);
        }
    }

    private static Dictionary<(string, string), string> Read()
    {
        var lines = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
        var cells = from line in lines.Skip(1) from column in Enumerable.Range(1, line.Length - 1) select (Key: (line[0], lines[0][column]), Cell: line[column]);
        return cells.ToDictionary(cell => cell.Key, cell => cell.Cell);
    }

    private async Task<string> ShowAsync(TokenVerifier verifier, string token, string entrance)
    {
        var result = await verifier.VerifyAsync(_neighbours.Tokens[token], Entrances[entrance], CancellationToken.None);
        return result.Succeeded ? "in" : result.Failure == TokenFailure.AuthorizedParty ? "party" : result.Failure.ToCode();
    }
}
