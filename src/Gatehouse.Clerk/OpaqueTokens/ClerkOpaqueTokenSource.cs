using System.Diagnostics.Metrics;
using Gatehouse.Clerk.Api;
using Gatehouse.Clerk.OpaqueTokens.Internal;
using Gatehouse.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.OpaqueTokens;

/// <summary>Asks Clerk about opaque machine tokens, OAuth access tokens and API keys, and remembers its word for a short while.</summary>
/// <remarks>
/// <para>
/// A machine's token is asked about with this machine's own secret key if there is one, so that Clerk itself refuses what is meant for
/// another receiver; everything else, and machine tokens without such a key, with the instance's. Whichever it was, the verifier compares
/// the token's receivers once more.
/// </para>
/// <para>
/// That a token is good is taken for <see cref="OpaqueTokenOptions.CacheDuration"/>, and never beyond its own end; that it is not, for 10
/// seconds. While Clerk is away, what is remembered serves until its time is over, and everything else is
/// <see cref="TokenFailure.KeysUnavailable"/>: so is the answer when Clerk refuses our secret or asks for patience, since that says nothing
/// of the token.
/// </para>
/// <para>
/// Any number of callers with one token share one call. A token that was good before is asked about ahead of those that nobody has shown
/// yet, and only the latter are held up when too many calls turn out to have been about made-up tokens
/// (<see cref="OpaqueTokenOptions.MaximumFruitlessCalls"/>); good and made-up tokens never compete for a place in memory. Tokens are
/// remembered by a digest only. Safe for any number of threads; meant to live as long as the process.
/// </para>
/// </remarks>
public sealed class ClerkOpaqueTokenSource : IOpaqueTokenSource
{
    private static readonly TimeSpan UnknownDuration = TimeSpan.FromSeconds(10);

    private readonly SingleFlight<TokenDigest, OpaqueLookup> _flights = new();
    private readonly TokenDigester _digester = new();
    private readonly OpaqueTokenOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly OpaqueTokenMetrics _metrics;
    private readonly VerifyCalls _calls;
    private readonly AnswerTable _good;
    private readonly AnswerTable _unknown;
    private int _toldOfSecret;

    /// <summary>A source that asks nothing until the first token is shown.</summary>
    /// <param name="clerk">
    /// Calls Clerk, and should try each call once: a caller waits for it, and a 429 must hold up all calls instead of repeating one.
    /// </param>
    /// <param name="options">How long its word is kept, and how many calls strangers may cause; null for the defaults.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="meters">Makes the meter; null to measure nothing.</param>
    /// <param name="logger">Hears of outages, refused secrets and floods; never of a token.</param>
    /// <exception cref="OptionsValidationException">An option is out of bounds.</exception>
    public ClerkOpaqueTokenSource(
        ClerkBackendClient clerk,
        OpaqueTokenOptions? options = null,
        TimeProvider? time = null,
        IMeterFactory? meters = null,
        ILogger<ClerkOpaqueTokenSource>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(clerk);
        _options = OpaqueTokenOptionsValidator.Checked(options ?? new OpaqueTokenOptions());
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<ClerkOpaqueTokenSource>.Instance;
        _metrics = new OpaqueTokenMetrics(meters);
        _calls = new VerifyCalls(clerk, _options, _time, _metrics, _logger);
        _good = new AnswerTable(_options.MaximumTokens);
        _unknown = new AnswerTable(_options.MaximumTokens);
        Classes = clerk switch
        {
            { HasInstanceSecret: true } => TokenClass.M2M | TokenClass.OAuth | TokenClass.ApiKey,
            { HasMachineSecret: true } => TokenClass.M2M,
            _ => TokenClass.None,
        };
    }

    /// <summary>The classes that there is a secret for. A token of another is <see cref="TokenFailure.KeysUnavailable"/>.</summary>
    public TokenClass Classes { get; }

    /// <inheritdoc />
    /// <exception cref="ArgumentOutOfRangeException">The class is none, several, or one that has no opaque tokens.</exception>
    public ValueTask<OpaqueLookup> FindAsync(string token, TokenClass tokenClass, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (tokenClass is not (TokenClass.M2M or TokenClass.OAuth or TokenClass.ApiKey))
        {
            throw new ArgumentOutOfRangeException(nameof(tokenClass), tokenClass, "must be M2M, OAuth or ApiKey");
        }

        if (!OpaqueTokenText.IsPossible(token))
        {
            return ValueTask.FromResult(OpaqueLookup.Unknown);
        }

        if ((Classes & tokenClass) == TokenClass.None)
        {
            return ValueTask.FromResult(WithoutSecret(tokenClass));
        }

        var digest = _digester.Of(token, tokenClass);
        if (AtHand(digest) is { } lookup)
        {
            _metrics.Hit(tokenClass, lookup.Found);
            return ValueTask.FromResult(lookup);
        }

        return FlyAsync(token, tokenClass, digest, cancellationToken);
    }

    // A method of its own, so that a hit does not pay for what a flight must remember.
    private ValueTask<OpaqueLookup> FlyAsync(string token, TokenClass tokenClass, TokenDigest digest, CancellationToken cancellationToken) =>
        new(_flights.RunAsync(digest, _ => AskAsync(token, tokenClass, digest), cancellationToken));

    private OpaqueLookup? AtHand(TokenDigest digest)
    {
        if (_good.TryFind(digest, out var good) && good.Holds(_time))
        {
            return good.Lookup;
        }

        return _unknown.TryFind(digest, out var unknown) && unknown.Holds(_time) ? unknown.Lookup : null;
    }

    private async Task<OpaqueLookup> AskAsync(string token, TokenClass tokenClass, TokenDigest digest)
    {
        if (AtHand(digest) is { } landed)
        {
            return landed;   // another flight landed between this caller's look and its start
        }

        var call = await _calls.AskAsync(token, tokenClass, isNew: !_good.TryFind(digest, out _)).ConfigureAwait(false);
        return call.WasAnswered ? Remember(digest, call) : OpaqueLookup.Unavailable;
    }

    private OpaqueLookup Remember(TokenDigest digest, VerifyCall call)
    {
        var left = (call.Word?.ExpiresAt ?? DateTimeOffset.MaxValue) - _time.GetUtcNow();
        if (call.Word is not { } token || left <= TimeSpan.Zero)
        {
            _unknown.Put(digest, new Answer(OpaqueLookup.Unknown, call.AskedAt, UnknownDuration));
            _good.Remove(digest);
            return OpaqueLookup.Unknown;
        }

        var lookup = OpaqueLookup.Of(token);
        _good.Put(digest, new Answer(lookup, call.AskedAt, left < _options.CacheDuration ? left : _options.CacheDuration));
        return lookup;
    }

    private OpaqueLookup WithoutSecret(TokenClass tokenClass)
    {
        _metrics.Held(tokenClass, CallHeld.NoSecret);
        if ((Interlocked.Or(ref _toldOfSecret, (int)tokenClass) & (int)tokenClass) == 0)
        {
            OpaqueTokenLog.SecretMissing(_logger, tokenClass);
        }

        return OpaqueLookup.Unavailable;
    }
}
