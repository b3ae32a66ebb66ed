using System.Net;
using Gatehouse.Clerk.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Gatehouse.Clerk.Api.Internal;

/// <summary>Repeats a call to Clerk where that is safe, as often and as late as Clerk and the options say.</summary>
/// <remarks>
/// A read may be repeated after anything. Any other call is repeated only if Clerk cannot have acted: the connection did not come about,
/// 429, or a 503 that names a time. A <c>Retry-After</c> beyond the bound is not cut short but handed to the caller.
/// </remarks>
internal sealed class ClerkRetryHandler : DelegatingHandler
{
    private const int MaximumBodyBytes = 16 * 1024 * 1024;

    private static readonly ResiliencePropertyKey<HttpRequestMessage> RequestKey = new("gatehouse.clerk.request");

    private readonly ClerkOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public ClerkRetryHandler(IOptions<ClerkOptions> options, TimeProvider time, ILogger<ClerkRetryHandler> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _pipeline = CreatePipeline();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(RequestKey, request);
        try
        {
            return await _pipeline
                .ExecuteAsync(
                    static (running, handler) => handler.AttemptAsync(
                        running.Properties.GetValue(RequestKey, null!), running.CancellationToken),
                    context,
                    this)
                .ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline<HttpResponseMessage> CreatePipeline()
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _time };
        if (_options.MaximumAttempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = _options.MaximumAttempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _options.RetryDelay,
                ShouldHandle = arguments => ValueTask.FromResult(
                    ShouldRepeat(arguments.Context.Properties.GetValue(RequestKey, null!), arguments.Outcome)),
                DelayGenerator = arguments => ValueTask.FromResult(
                    arguments.Outcome.Result is { } response ? RetryAfter.Of(response, _time) : null),
                OnRetry = OnRetry,
            });
        }

        return builder.Build();
    }

    private async ValueTask<HttpResponseMessage> AttemptAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(_options.AttemptTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, either.Token).ConfigureAwait(false);

            // The body belongs to the attempt: a connection that breaks in the middle of it is repeated like any other.
            await response.Content.LoadIntoBufferAsync(MaximumBodyBytes, either.Token).ConfigureAwait(false);
            return response;
        }
        catch (Exception failed)
        {
            response?.Dispose();
            if (failed is OperationCanceledException && bound.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"no answer within {_options.AttemptTimeout}", failed);
            }

            throw;
        }
    }

    private bool ShouldRepeat(HttpRequestMessage request, Outcome<HttpResponseMessage> outcome)
    {
        var isRead = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
        if (outcome.Exception is { } exception)
        {
            return isRead
                ? exception is HttpRequestException or TimeoutException or IOException
                : exception is HttpRequestException
                {
                    HttpRequestError: HttpRequestError.ConnectionError
                        or HttpRequestError.NameResolutionError
                        or HttpRequestError.SecureConnectionError
                };
        }

        var response = outcome.Result!;
        var wait = RetryAfter.Of(response, _time);
        if (wait > _options.MaximumRetryAfter)
        {
            return false;
        }

        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => true,
            HttpStatusCode.ServiceUnavailable => isRead || wait is not null,
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => isRead,
            _ => false,
        };
    }

    private ValueTask OnRetry(OnRetryArguments<HttpResponseMessage> arguments)
    {
        var request = arguments.Context.Properties.GetValue(RequestKey, null!);
        var outcome = arguments.Outcome.Result is { } response
            ? $"{(int)response.StatusCode}"
            : arguments.Outcome.Exception?.GetType().Name ?? "";
        arguments.Outcome.Result?.Dispose();
        ClerkLog.Repeated(
            _logger,
            request.Method,
            request.RequestUri?.AbsolutePath,
            arguments.AttemptNumber + 1,
            outcome,
            arguments.RetryDelay);
        return ValueTask.CompletedTask;
    }
}
