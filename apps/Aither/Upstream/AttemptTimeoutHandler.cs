namespace Aither.Upstream;

/// <summary>Bounds each attempt by itself, innermost: the waits that a 429 asks for are not Hemera being slow.</summary>
internal sealed class AttemptTimeoutHandler(TimeProvider time) : DelegatingHandler
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await base.SendAsync(request, both.Token);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {Limit.TotalSeconds:0} s", late);
        }
    }
}
