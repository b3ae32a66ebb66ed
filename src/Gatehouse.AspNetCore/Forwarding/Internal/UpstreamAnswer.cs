using System.Buffers;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>The upstream's answer on its way to the caller: head, body as it comes, trailers.</summary>
internal static class UpstreamAnswer
{
    private const int BufferSize = 64 * 1024;
    private const int StreamBufferSize = 4 * 1024;   // thousands of them are open at a time, and little is on each

    /// <summary>Whether the answer is as long as it says. With two lengths, or one that is no number, whoever stands between could end it elsewhere.</summary>
    public static bool HasOneLength(HttpResponseMessage answer) =>
        !answer.Content.Headers.NonValidated.TryGetValues("Content-Length", out var lengths)
        || (lengths.Count == 1 && answer.Content.Headers.ContentLength is >= 0);

    public static void PassHead(HttpContext context, HttpResponseMessage answer, ForwardingOptions options)
    {
        // An upstream's 404 without a body is its answer, and no page of ours takes its place.
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        ResponseHeaders.Copy(answer, response, options);
        if (response.StatusCode is not (StatusCodes.Status101SwitchingProtocols or StatusCodes.Status204NoContent
            or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified))
        {
            response.ContentLength = answer.Content.Headers.ContentLength;
        }

        if (IsEventStream(answer))
        {
            response.Headers.TryAdd("X-Accel-Buffering", "no");   // for nginx, should it stand in front of us
        }

        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <returns>How it ended. Exceptions are failures of the upstream or of the wait.</returns>
    public static async Task<ForwardingFailure> PassBodyAsync(
        HttpContext context, HttpResponseMessage answer, ForwardingOptions options, Patience patience)
    {
        var isStream = IsEventStream(answer);
        var idle = isStream ? options.StreamIdleTimeout : options.IdleTimeout;
        var source = await answer.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        var body = context.Response.Body;
        var buffer = ArrayPool<byte>.Shared.Rent(isStream ? StreamBufferSize : BufferSize);
        try
        {
            for (long passed = 0; ;)
            {
                patience.AwaitUpstream(idle);
                var reading = source.ReadAsync(buffer, patience.Token);
                if (!reading.IsCompleted && !context.Response.HasStarted)
                {
                    await body.FlushAsync(patience.Token).ConfigureAwait(false);   // the head need not wait for what is long in coming
                }

                var count = await reading.ConfigureAwait(false);
                if (count == 0)
                {
                    return ForwardingFailure.None;
                }

                passed += count;
                if (passed > options.MaximumResponseBytes)
                {
                    return ForwardingFailure.TooLarge;
                }

                // A slow caller holds the upstream back: nothing is read before what was read has gone.
                patience.AwaitCaller(idle);
                await body.WriteAsync(buffer.AsMemory(0, count), patience.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static void PassTrailers(HttpResponse response, HttpResponseMessage answer, ForwardingOptions options)
    {
        if (!response.SupportsTrailers())
        {
            return;
        }

        foreach (var (name, values) in answer.TrailingHeaders.NonValidated)
        {
            if (ResponseHeaders.Passes(name, default, options) && values.All(ResponseHeaders.IsSendable))
            {
                response.AppendTrailer(name, values.ToString());
            }
        }
    }

    private static bool IsEventStream(HttpResponseMessage answer) =>
        string.Equals(answer.Content.Headers.ContentType?.MediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase);
}
