using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace Gatehouse.AspNetCore.Revocations.Internal;

/// <summary>The feed as server-sent events: <c>revoked</c> and <c>withdrawn</c>, with the cursor as id, and a comment each ten seconds.</summary>
internal static class RevocationFeedEndpoint
{
    private const string Here = ": here\n\n";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    public static async Task StreamAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        var after = Last(context.Request.Headers["Last-Event-ID"]) ?? Last(context.Request.Query["after"]);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        var changes = context.RequestServices.GetRequiredService<IRevocationRegister>().ReadAsync(after, ending.Token);
        var reader = changes.GetAsyncEnumerator(ending.Token);
        await using var disposal = reader.ConfigureAwait(false);
        var next = reader.MoveNextAsync().AsTask();
        try
        {
            // Said at once, so that the reader knows that it is connected.
            await SendAsync(response, Here, ending.Token).ConfigureAwait(false);
            while (true)
            {
                var pause = Task.Delay(Heartbeat, time, ending.Token);
                if (await Task.WhenAny(next, pause).ConfigureAwait(false) == pause)
                {
                    await pause.ConfigureAwait(false);
                    await SendAsync(response, Here, ending.Token).ConfigureAwait(false);
                    continue;
                }

                if (!await next.ConfigureAwait(false))
                {
                    return;
                }

                await SendAsync(response, Message(reader.Current), ending.Token).ConfigureAwait(false);
                next = reader.MoveNextAsync().AsTask();
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader went away, its token was revoked, or the app stops: that is how a stream ends.
        }
        finally
        {
            // What is still being read must end before the reader can be disposed.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string Message(RevocationChange change)
    {
        var revocation = change.News.Revocation!;
        var data = JsonSerializer.Serialize(
            new RevocationWire.Message(
                RevocationNames.Of(revocation.Kind),
                revocation.Value,
                revocation.At.ToUnixTimeMilliseconds(),
                revocation.Until.ToUnixTimeMilliseconds()),
            RevocationJson.Default.Message);
        return string.Create(
            CultureInfo.InvariantCulture, $"id: {change.Cursor}\nevent: {(change.News.IsWithdrawn ? "withdrawn" : "revoked")}\ndata: {data}\n\n");
    }

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string? Last(StringValues values) => values is [.., { Length: > 0 } last] ? last : null;
}
