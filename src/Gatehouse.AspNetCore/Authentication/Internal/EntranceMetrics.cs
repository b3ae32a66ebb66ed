using System.Diagnostics.Metrics;
using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Authentication.Internal;

internal sealed class EntranceMetrics
{
    private readonly Counter<long> _tokens;

    private readonly Counter<long> _partyless;

    public EntranceMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatehouseDefaults.MeterName);
        _tokens = meter.CreateCounter<long>("gatehouse.tokens", unit: "{token}", description: "Tokens that were shown, by outcome.");
        _partyless = meter.CreateCounter<long>(
            "gatehouse.sessions.without_party", unit: "{token}", description: "Cookies' session tokens that name no authorized party.");
    }

    public void Admitted(TokenClass tokenClass)
    {
        if (_tokens.Enabled)
        {
            Count(tokenClass);
        }
    }

    private void Count(TokenClass tokenClass) =>
        _tokens.Add(1, new KeyValuePair<string, object?>("outcome", "admitted"), new KeyValuePair<string, object?>("class", ClassTag(tokenClass)));

    /// <param name="code">From a closed set: a token failure, or what is refused about a cookie session.</param>
    public void Refused(string code) => _tokens.Add(1, new KeyValuePair<string, object?>("outcome", code));

    /// <summary>A cookie's session token that names no party: how many there are tells whether they could be refused.</summary>
    public void AdmittedWithoutParty() => _partyless.Add(1);

    internal static string ClassTag(TokenClass tokenClass) => tokenClass switch
    {
        TokenClass.Session => "session",
        TokenClass.Template => "template",
        TokenClass.M2M => "m2m",
        TokenClass.OAuth => "oauth",
        TokenClass.ApiKey => "api_key",
        TokenClass.Handshake => "handshake",
        _ => throw new ArgumentOutOfRangeException(nameof(tokenClass), tokenClass, "a token has exactly one class"),
    };
}
