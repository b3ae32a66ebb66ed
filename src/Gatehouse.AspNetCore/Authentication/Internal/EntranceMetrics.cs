using System.Diagnostics.Metrics;
using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Authentication.Internal;

internal sealed class EntranceMetrics
{
    private readonly Counter<long> _tokens;

    public EntranceMetrics(IMeterFactory meters) =>
        _tokens = meters.Create(GatehouseDefaults.MeterName).CreateCounter<long>(
            "gatehouse.tokens", unit: "{token}", description: "Tokens that were shown, by outcome.");

    public void Admitted(TokenClass tokenClass)
    {
        if (_tokens.Enabled)
        {
            Count(tokenClass);
        }
    }

    private void Count(TokenClass tokenClass) =>
        _tokens.Add(1, new KeyValuePair<string, object?>("outcome", "admitted"), new KeyValuePair<string, object?>("class", ClassTag(tokenClass)));

    public void Refused(TokenFailure failure) =>
        _tokens.Add(1, new KeyValuePair<string, object?>("outcome", failure.ToCode()));

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
