using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Gatehouse.AspNetCore.Problems.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>Forwards the requests of one route to one upstream, and says who caused it when that fails.</summary>
internal sealed partial class Forwarder(
    ForwardingOptions options,
    UpstreamAddress address,
    ITokenGiver tokens,
    HttpMessageInvoker client,
    ForwardingMetrics metrics,
    TimeProvider time,
    ILogger<Forwarder> logger)
{
    private const int RetryAfterSeconds = 5;

    public async Task InvokeAsync(HttpContext context)
    {
        var arrived = time.GetTimestamp();
        var ended = ForwardingFailure.Fault;
        try
        {
            ended = await ForwardAsync(context).ConfigureAwait(false);
        }
        finally
        {
            metrics.Ended(options.Service, ended, time.GetElapsedTime(arrived));
        }
    }

    private async Task<ForwardingFailure> ForwardAsync(HttpContext context)
    {
        // 1. What can be read in two ways goes nowhere.
        if (address.Join(context) is not { } target)
        {
            return await RefuseAsync(context, ForwardingFailure.Path, StatusCodes.Status400BadRequest, "path-refused").ConfigureAwait(false);
        }

        if (RequestHeaders.AreAmbiguous(context.Request.Headers))
        {
            return await RefuseAsync(context, ForwardingFailure.Header, StatusCodes.Status400BadRequest, "ambiguous-header").ConfigureAwait(false);
        }

        var tunnel = Tunnel.Find(context);
        if (HttpMethods.IsTrace(context.Request.Method) || (HttpMethods.IsConnect(context.Request.Method) && tunnel is null))
        {
            return await RefuseAsync(context, ForwardingFailure.Method, StatusCodes.Status405MethodNotAllowed, "method-not-allowed").ConfigureAwait(false);
        }

        // 2. Nor does a body that says itself that it is too large.
        if (!TryBoundBody(context))
        {
            return await RefuseAsync(context, ForwardingFailure.RequestBody, StatusCodes.Status413PayloadTooLarge, "too-large").ConfigureAwait(false);
        }

        return await SendAndPassAsync(context, target, tunnel).ConfigureAwait(false);
    }

    private async Task<ForwardingFailure> SendAndPassAsync(HttpContext context, Uri target, Tunnel? tunnel)
    {
        using var patience = new Patience(time, context.RequestAborted);
        var body = tunnel is null && UpstreamRequest.HasBody(context) ? new RequestBody(context.Request, options, patience) : null;
        using var request = UpstreamRequest.Create(context, target, options, body, tunnel);
        try
        {
            // 3. In whose name.
            var token = options.Token.IsSent ? await tokens.FindAsync(context, patience.Token).ConfigureAwait(false) : null;
            if (token is null && options.Token.IsSent)
            {
                return await WithoutTokenAsync(context).ConfigureAwait(false);
            }

            // 4. There.
            using var answer = await SendAsync(context, request, token, patience).ConfigureAwait(false);

            // 5. And back.
            return await PassAsync(context, answer, tunnel, patience).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return await FailAsync(context, Blame(failure, body, patience), body?.CallersFault ?? failure).ConfigureAwait(false);
        }
        finally
        {
            await patience.EndAsync().ConfigureAwait(false);
            await (body?.FinishAsync() ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool TryBoundBody(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = options.MaximumBodyBytes;   // the server counts, whatever the caller says
        }

        return !(context.Request.ContentLength > options.MaximumBodyBytes);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContext context, HttpRequestMessage request, string? token, Patience patience)
    {
        Authorize(request, token);
        patience.AwaitUpstream(options.Timeout);
        var answer = await client.SendAsync(request, patience.Token).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || token is null || !tokens.Refused(token) || request.Content is not null)
        {
            return answer;
        }

        // Our own token, withdrawn before its end: what has no body can be asked again, with a fresh one.
        if (await tokens.FindAsync(context, patience.Token).ConfigureAwait(false) is not { } fresh || fresh == token)
        {
            return answer;
        }

        answer.Dispose();
        using var again = Copy(request);
        Authorize(again, fresh);
        return await client.SendAsync(again, patience.Token).ConfigureAwait(false);
    }

    private static void Authorize(HttpRequestMessage request, string? token)
    {
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    private static HttpRequestMessage Copy(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        return copy;
    }

    private async Task<ForwardingFailure> PassAsync(HttpContext context, HttpResponseMessage answer, Tunnel? tunnel, Patience patience)
    {
        var isSwitched = answer.StatusCode == HttpStatusCode.SwitchingProtocols;
        if ((isSwitched && tunnel?.IsAgreed(answer) != true) || !UpstreamAnswer.HasOneLength(answer))
        {
            return await BlameUpstreamAsync(context, ForwardingFailure.NoAnswer, cause: null).ConfigureAwait(false);
        }

        if (answer.Content.Headers.ContentLength > options.MaximumResponseBytes)
        {
            return await BlameUpstreamAsync(context, ForwardingFailure.TooLarge, cause: null).ConfigureAwait(false);
        }

        patience.IsAnswered = true;
        UpstreamAnswer.PassHead(context, answer, options);
        try
        {
            var ended = isSwitched
                ? await tunnel!.RunAsync(context, answer, options, patience).ConfigureAwait(false)
                : await UpstreamAnswer.PassBodyAsync(context, answer, options, patience).ConfigureAwait(false);
            if (ended != ForwardingFailure.None)
            {
                return BreakOff(context, ended, cause: null);
            }

            UpstreamAnswer.PassTrailers(context.Response, answer, options);
            return ended;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            var ended = patience.HasCallerGone || CallersConnection.IsLost(failure) || (patience.HasRunOut && patience.IsForCaller) ? ForwardingFailure.CallerGone
                : patience.HasRunOut ? ForwardingFailure.Idle
                : ForwardingFailure.Cut;
            return BreakOff(context, ended, failure);
        }
    }

    private static ForwardingFailure Blame(Exception failure, RequestBody? body, Patience patience)
    {
        if (patience.HasCallerGone || CallersConnection.IsLost(failure))
        {
            return ForwardingFailure.CallerGone;
        }

        if (patience.HasRunOut)
        {
            return patience.IsForCaller ? ForwardingFailure.RequestBody : ForwardingFailure.Timeout;
        }

        if (body?.CallersFault is { } fault)
        {
            return fault is BadHttpRequestException ? ForwardingFailure.RequestBody : ForwardingFailure.CallerGone;
        }

        // An end of nobody's asking is the handler's own time for connecting.
        return failure is OperationCanceledException || IsConnectFault(failure) ? ForwardingFailure.Connect : ForwardingFailure.NoAnswer;
    }

    private static bool IsConnectFault(Exception failure) => failure is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
    };

    private async Task<ForwardingFailure> FailAsync(HttpContext context, ForwardingFailure failure, Exception? cause)
    {
        switch (failure)
        {
            case ForwardingFailure.CallerGone:
                context.Abort();
                return failure;
            case ForwardingFailure.RequestBody:
                var status = (cause as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status408RequestTimeout;
                return await RefuseAsync(context, failure, status, ProblemCodes.Of(status)).ConfigureAwait(false);
            default:
                return await BlameUpstreamAsync(context, failure, cause).ConfigureAwait(false);
        }
    }

    private async Task<ForwardingFailure> BlameUpstreamAsync(HttpContext context, ForwardingFailure failure, Exception? cause)
    {
        Log.Failed(logger, options.Service, failure.ToOutcome(), cause);
        if (failure == ForwardingFailure.TooLarge)
        {
            await context.WriteProblemAsync(StatusCodes.Status502BadGateway, "upstream-too-large").ConfigureAwait(false);
            return failure;
        }

        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        await context.WriteProblemAsync(StatusCodes.Status503ServiceUnavailable, "upstream-unavailable").ConfigureAwait(false);
        return failure;
    }

    // Half an answer must not look like a whole one.
    private ForwardingFailure BreakOff(HttpContext context, ForwardingFailure failure, Exception? cause)
    {
        if (failure != ForwardingFailure.CallerGone)
        {
            Log.Cut(logger, options.Service, failure.ToOutcome(), cause);
        }

        context.Abort();
        return failure;
    }

    // Of a caller without a token it is asked who they are; that our own cannot be had is no fault of theirs.
    private async Task<ForwardingFailure> WithoutTokenAsync(HttpContext context)
    {
        if (options.Token.IsCallers)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\", error_description=\"token-unavailable\"";
            return await RefuseAsync(context, ForwardingFailure.Token, StatusCodes.Status401Unauthorized, "token-unavailable").ConfigureAwait(false);
        }

        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return await RefuseAsync(context, ForwardingFailure.Token, StatusCodes.Status503ServiceUnavailable, "token-unavailable").ConfigureAwait(false);
    }

    private async Task<ForwardingFailure> RefuseAsync(HttpContext context, ForwardingFailure failure, int status, string code)
    {
        Log.Refused(logger, options.Service, failure.ToOutcome());
        await context.WriteProblemAsync(status, code).ConfigureAwait(false);
        return failure;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.UpstreamFailed, LogLevel.Error, "Error calling {Service}: {Outcome}")]
        public static partial void Failed(ILogger logger, string service, string outcome, Exception? cause);

        [LoggerMessage(EventIds.UpstreamCut, LogLevel.Warning, "An answer of {Service} was broken off: {Outcome}")]
        public static partial void Cut(ILogger logger, string service, string outcome, Exception? cause);

        [LoggerMessage(EventIds.ForwardingRefused, LogLevel.Information, "A request for {Service} was not forwarded: {Outcome}")]
        public static partial void Refused(ILogger logger, string service, string outcome);
    }
}
