namespace Aither.Upstream;

/// <summary>
/// Leaves calls a moment once the process is asked to stop, and then ends them: the pause that a 429 asks for may last longer than whoever
/// stops the process waits before killing it.
/// </summary>
internal sealed class StoppingHandler(IHostApplicationLifetime process, TimeProvider time) : DelegatingHandler
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stopping = process.ApplicationStopping.Register(() => end.CancelAfter(Grace));
        using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            return await base.SendAsync(request, both.Token);
        }
        catch (OperationCanceledException late) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("this process is stopping", late);
        }
    }
}
