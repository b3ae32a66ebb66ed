using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Revocations.Internal;

/// <summary>Reads the feed of another process over HTTP, from where it left off.</summary>
internal sealed class HttpRevocationFeed(HttpClient http, Uri address) : IRevocationFeed
{
    private string? _cursor;

    public async IAsyncEnumerable<RevocationNews> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new("text/event-stream"));
        if (_cursor is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", _cursor);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var disposal = stream.ConfigureAwait(false);

        // The parser swallows comments, which are the heartbeats: whatever arrives on the wire is a sign of life.
        var news = Channel.CreateUnbounded<RevocationNews>(new UnboundedChannelOptions { SingleReader = true });
        using var listening = new ListeningStream(stream, () => news.Writer.TryWrite(default));
        var reading = ReadInto(news.Writer, listening, cancellationToken);
        await foreach (var item in news.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }

        await reading.ConfigureAwait(false);
    }

    private async Task ReadInto(ChannelWriter<RevocationNews> news, Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            var parser = SseParser.Create(stream, (type, data) => Parse(type, data));
            await foreach (var item in parser.EnumerateAsync(cancellationToken).ConfigureAwait(false))
            {
                await news.WriteAsync(item.Data, cancellationToken).ConfigureAwait(false);
                _cursor = item.EventId ?? _cursor;
            }

            news.Complete();
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or JsonException or OperationCanceledException)
        {
            news.Complete(broken);
        }
    }

    private static RevocationNews Parse(string type, ReadOnlySpan<byte> data)
    {
        var message = JsonSerializer.Deserialize(data, RevocationJson.Default.Message);
        return message is not null && RevocationNames.TryParse(message.Kind, out var kind)
            ? new RevocationNews(
                new Revocation(
                    kind,
                    message.Value,
                    DateTimeOffset.FromUnixTimeMilliseconds(message.At),
                    DateTimeOffset.FromUnixTimeMilliseconds(message.Until)),
                IsWithdrawn: type == "withdrawn")
            : throw new JsonException("not a revocation");
    }
}
