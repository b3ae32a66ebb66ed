using System.Net;
using Gatehouse.Clerk.Api;
using Gatehouse.Tokens;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>Decides whether and when Clerk may be asked about a token, and asks.</summary>
/// <remarks>
/// A made-up token costs one call by its nature, and who makes tokens up makes any number. So calls that end with "not a good token" have a
/// budget, and only tokens that nobody has shown yet are held to it and queue for it: those that were good before go their own way.
/// </remarks>
internal sealed class VerifyCalls
{
    private static readonly TimeSpan BetweenFloodReports = TimeSpan.FromMinutes(1);

    private readonly ClerkBackendClient _clerk;
    private readonly OpaqueTokenOptions _options;
    private readonly TimeProvider _time;
    private readonly OpaqueTokenMetrics _metrics;
    private readonly ILogger _logger;
    private readonly CallLane _known;
    private readonly CallLane _new;
    private readonly FruitlessCalls _fruitless;
    private readonly Dictionary<TokenClass, CallPause> _pauses;
    private long _floodReportedAt;

    public VerifyCalls(ClerkBackendClient clerk, OpaqueTokenOptions options, TimeProvider time, OpaqueTokenMetrics metrics, ILogger logger)
    {
        _clerk = clerk;
        _options = options;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _known = new CallLane(options.MaximumCalls, options.MaximumWaiting);
        _new = new CallLane(options.MaximumCalls, options.MaximumWaiting);
        _fruitless = new FruitlessCalls(options.MaximumFruitlessCalls, time);
        _pauses = new[] { TokenClass.M2M, TokenClass.OAuth, TokenClass.ApiKey }.ToDictionary(one => one, _ => new CallPause(time));
    }

    /// <summary>Asks, if and when it may.</summary>
    /// <param name="token">The token.</param>
    /// <param name="tokenClass">Its class.</param>
    /// <param name="isNew">Whether it might be made up: Clerk has never called it good.</param>
    /// <returns>Clerk's answer. Never throws because there is none.</returns>
    public async Task<VerifyCall> AskAsync(string token, TokenClass tokenClass, bool isNew)
    {
        // 1. Nobody waits for a call that would not be made.
        if (WhyHeld(tokenClass, isNew) is { } why)
        {
            return Held(tokenClass, why);
        }

        // 2. A turn.
        using var bound = new CancellationTokenSource(_options.Timeout, _time);
        var lane = isNew ? _new : _known;
        if (!await lane.TryEnterAsync(bound.Token).ConfigureAwait(false))
        {
            return Held(tokenClass, CallHeld.Crowd);
        }

        try
        {
            // 3. What others learned while this one waited.
            if (WhyHeld(tokenClass, isNew) is { } changed)
            {
                return Held(tokenClass, changed);
            }

            // 4. The call, at the strangers' expense until it proves to be about a good token.
            if (isNew && !_fruitless.TryTake())
            {
                return Held(tokenClass, CallHeld.Flood);
            }

            var call = await CallAsync(token, tokenClass, bound.Token).ConfigureAwait(false);
            if (isNew && call.Word is not null)
            {
                _fruitless.GiveBack();
            }

            return call;
        }
        finally
        {
            lane.Leave();
        }
    }

    private CallHeld? WhyHeld(TokenClass tokenClass, bool isNew) =>
        _pauses[tokenClass].IsOn ? CallHeld.Paused : isNew && _fruitless.AreSpent ? CallHeld.Flood : null;

    private VerifyCall Held(TokenClass tokenClass, CallHeld why)
    {
        _metrics.Held(tokenClass, why);
        if (why == CallHeld.Flood && MayReportFlood())
        {
            OpaqueTokenLog.Flood(_logger, _options.MaximumFruitlessCalls, FruitlessCalls.Window);
        }

        return VerifyCall.Unanswered;
    }

    private bool MayReportFlood()
    {
        var (last, now) = (Volatile.Read(ref _floodReportedAt), _time.GetTimestamp());
        return (last == 0 || _time.GetElapsedTime(last, now) >= BetweenFloodReports)
            && Interlocked.CompareExchange(ref _floodReportedAt, now, last) == last;
    }

    private async Task<VerifyCall> CallAsync(string token, TokenClass tokenClass, CancellationToken cancellationToken)
    {
        var asked = _time.GetTimestamp();
        try
        {
            var word = await ClerkWord.AskAsync(_clerk, token, tokenClass, _logger, cancellationToken).ConfigureAwait(false);
            _metrics.Called(tokenClass, word is not null, _time.GetElapsedTime(asked));
            if (_pauses[tokenClass].Answered())
            {
                OpaqueTokenLog.Resumed(_logger, tokenClass);
            }

            return new VerifyCall(WasAnswered: true, word, asked);
        }
        catch (Exception failed)   // whatever it is, it says nothing of the token; callers hear one thing and the log hears why
        {
            Report(tokenClass, failed, _time.GetElapsedTime(asked));
            return VerifyCall.Unanswered;
        }
    }

    private void Report(TokenClass tokenClass, Exception failed, TimeSpan took)
    {
        var answer = failed as ClerkApiException;
        var failure = answer?.Failure ?? ClerkFailure.Unavailable;
        _metrics.Failed(tokenClass, failure, took);

        // A 200 that cannot be read comes from a Clerk that is there: one odd token must not keep the others from it.
        var pause = answer is { StatusCode: HttpStatusCode.OK } ? null : _pauses[tokenClass].Failed(failure, answer?.RetryAfter);
        var reason = answer?.Message ?? (failed is OperationCanceledException ? $"no answer within {_options.Timeout}" : failed.GetType().Name);
        if (pause is { } length)
        {
            OpaqueTokenLog.Paused(_logger, tokenClass, reason, length, failed);
        }
        else
        {
            OpaqueTokenLog.Failed(_logger, tokenClass, reason, failed);
        }
    }
}
