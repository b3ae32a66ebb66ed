using System.Collections.Frozen;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Gatehouse.Tokens;

namespace Gatehouse.Host.Tokens;

/// <summary>The options by which <c>verify</c> and <c>inspect</c> are told what to trust and what to demand.</summary>
internal sealed class GateOptions
{
    // A day before the last second that a date can hold, so that no skew can lead beyond.
    private const long LastSecond = 253402300799 - LongestSkew;
    private const int LongestSkew = 86_400;

    private readonly Option<string?> _jwks = new("--jwks") { Description = "The issuer's keys: a JWKS file, or its address (https, or http on loopback)", HelpName = "FILE|URL" };
    private readonly Option<string?> _pem = new("--pem") { Description = "The issuer's public key: a PEM file", HelpName = "FILE" };
    private readonly Option<string?> _issuer = new("--issuer") { Description = "The issuer that the token must name (iss), to the letter. Without it any that these keys sign for, or none" };
    private readonly Option<string[]> _classes = new("--class") { Description = "A class that is taken; may be repeated", DefaultValueFactory = _ => ["session"] };
    private readonly Option<string[]> _parties = new("--azp") { Description = "An origin whose session and template tokens are taken (azp); may be repeated. Given, a token without azp is refused" };
    private readonly Option<string?> _audience = new("--audience") { Description = "The audience that session, template and OAuth tokens must name (aud)" };
    private readonly Option<string?> _machine = new("--machine") { Description = "The receiver's own machine id. Without it no machine token is taken", HelpName = "ID" };
    private readonly Option<long?> _at = new("--at") { Description = "Judge as at this time instead of now", HelpName = "UNIXSECONDS" };
    private readonly Option<int> _skew = new("--skew") { Description = "Seconds by which the signer's clock may differ", DefaultValueFactory = _ => 5 };
    private readonly Option<bool> _production = new("--production") { Description = "Refuse tokens that the published key of the local Clerk has signed" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _jwks, _pem, _issuer, _classes, _parties, _audience, _machine, _at, _skew, _production })
        {
            command.Options.Add(option);
        }

        _classes.AcceptOnlyFromAmong([.. ClassNames.All]);
        command.Validators.Add(result =>
        {
            if (HasJwks(result) && HasPem(result))
            {
                result.AddError("give --jwks or --pem, not both");
            }

            CheckTexts(result);
            CheckTimes(result);
        });
    }

    public bool HasKeys(CommandResult command) => HasJwks(command) || HasPem(command);

    public GateSettings Read(ParseResult parsed)
    {
        var issuer = parsed.GetValue(_issuer);
        return new GateSettings
        {
            Jwks = parsed.GetValue(_jwks),
            Pem = parsed.GetValue(_pem),
            Issuer = issuer,
            At = parsed.GetValue(_at) is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null,
            Production = parsed.GetValue(_production),
            Entrance = new Entrance
            {
                Classes = parsed.GetValue(_classes)!.Aggregate(TokenClass.None, (all, name) => all | ClassNames.Parse(name)),
                AuthorizedParties = [.. parsed.GetValue(_parties) ?? []],
                Audiences = parsed.GetValue(_audience) is { } audience ? [audience] : [],
                MachineId = parsed.GetValue(_machine),
                Skew = TimeSpan.FromSeconds(parsed.GetValue(_skew)),
                ReportOnly = issuer is null ? [TokenFailure.Issuer] : FrozenSet<TokenFailure>.Empty,
            },
        };
    }

    private bool HasJwks(CommandResult command) => command.GetResult(_jwks) is not null;

    private bool HasPem(CommandResult command) => command.GetResult(_pem) is not null;

    // An empty text is a variable that was never set. Taken as it is, it would demand nothing, or something that nobody meant.
    private void CheckTexts(CommandResult command)
    {
        foreach (var option in new Option[] { _jwks, _pem, _issuer, _parties, _audience, _machine })
        {
            if (command.GetResult(option) is { } given && given.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            {
                command.AddError($"{option.Name} is empty");
            }
        }
    }

    private void CheckTimes(CommandResult command)
    {
        if (IsOutside(command, _at, LastSecond))
        {
            command.AddError($"--at is a time in seconds since 1970, 0 to {LastSecond}");
        }

        if (IsOutside(command, _skew, LongestSkew))
        {
            command.AddError($"--skew is 0 to {LongestSkew} seconds");
        }
    }

    private static bool IsOutside(CommandResult command, Option option, long last) =>
        command.GetResult(option) is { Tokens: [var given] }
        && !(long.TryParse(given.Value, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= last);
}
