using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>
/// A WebSocket through us: asked for by an upgrade of HTTP/1.1 or by an extended CONNECT of HTTP/2 (RFC 8441), towards the upstream always an
/// upgrade. Nothing else is ever upgraded to: whoever got through to another protocol would be past all of this.
/// </summary>
internal sealed class Tunnel
{
    private const string Protocol = "websocket";
    private const int BufferSize = 4096;

    private readonly IHttpUpgradeFeature? _upgrade;
    private readonly IHttpExtendedConnectFeature? _connect;
    private readonly string? _key;

    private Tunnel(IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect)
    {
        (_upgrade, _connect) = (upgrade, connect);
        _key = connect is null ? null : Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));   // HTTP/2 has none
    }

    /// <returns>Null for a request that asks for no WebSocket.</returns>
    public static Tunnel? Find(HttpContext context)
    {
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
        {
            return Is(connect.Protocol) ? new Tunnel(null, connect) : null;
        }

        return HttpMethods.IsGet(context.Request.Method)
            && Is(context.Request.Headers.Upgrade)
            && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade
                ? new Tunnel(upgrade, null)
                : null;
    }

    /// <summary>Asks the upstream for what the caller asks for.</summary>
    public void Ask(HttpRequest caller, HttpRequestMessage request)
    {
        request.Method = HttpMethod.Get;
        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", Protocol);
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", _key ?? caller.Headers.SecWebSocketKey.ToString());
        foreach (var name in new[] { "Sec-WebSocket-Version", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions" })
        {
            if (caller.Headers.TryGetValue(name, out var value))
            {
                request.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }
    }

    /// <summary>Whether the upstream has agreed to this WebSocket and to nothing else. Of an upgrade the caller sees for itself by its key.</summary>
    public bool IsAgreed(HttpResponseMessage answer) =>
        answer.Headers.NonValidated.TryGetValues("Upgrade", out var upgrade)
        && string.Equals(upgrade.ToString(), Protocol, StringComparison.OrdinalIgnoreCase)
        && (_key is null
            || (answer.Headers.NonValidated.TryGetValues("Sec-WebSocket-Accept", out var accept) && accept.ToString() == AcceptOf(_key)));

    /// <summary>Carries bytes both ways until one side ends.</summary>
    public async Task<ForwardingFailure> RunAsync(HttpContext context, HttpResponseMessage answer, ForwardingOptions options, Patience patience)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var callers = await AcceptAsync(context).ConfigureAwait(false);
        var upstreams = await answer.Content.ReadAsStreamAsync(end.Token).ConfigureAwait(false);
        var up = PumpAsync(callers, upstreams, options, patience, end.Token);
        var down = PumpAsync(upstreams, callers, options, patience, end.Token);
        var first = await Task.WhenAny(up, down).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(up, down).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return first.IsCompletedSuccessfully ? ForwardingFailure.None
            : patience.HasCallerGone || (first.Exception?.InnerException is { } failure && CallersConnection.IsLost(failure)) ? ForwardingFailure.CallerGone
            : patience.HasRunOut ? ForwardingFailure.Idle
            : ForwardingFailure.Cut;
    }

    private async ValueTask<Stream> AcceptAsync(HttpContext context)
    {
        if (_connect is not null)
        {
            context.Response.StatusCode = StatusCodes.Status200OK;   // what HTTP/2 has in place of 101
            context.Response.Headers.Remove("Sec-WebSocket-Accept");
            return await _connect.AcceptAsync().ConfigureAwait(false);
        }

        context.Response.Headers.Upgrade = Protocol;
        return await _upgrade!.UpgradeAsync().ConfigureAwait(false);
    }

    private static async Task PumpAsync(Stream from, Stream to, ForwardingOptions options, Patience patience, CancellationToken end)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                patience.AwaitUpstream(options.StreamIdleTimeout);
                var count = await from.ReadAsync(buffer, end).ConfigureAwait(false);
                if (count == 0)
                {
                    return;
                }

                await to.WriteAsync(buffer.AsMemory(0, count), end).ConfigureAwait(false);
                await to.FlushAsync(end).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool Is(string? protocol) => string.Equals(protocol, Protocol, StringComparison.OrdinalIgnoreCase);

#pragma warning disable CA5350 // RFC 6455, section 1.3, says SHA-1. It shows that the upstream has read the question, and protects nothing.
    private static string AcceptOf(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
}
