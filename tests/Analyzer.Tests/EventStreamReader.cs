using System.Net.Http.Headers;

namespace Analyzer.Tests;

/// <summary>Reads server-sent events as a client does, one at a time.</summary>
internal sealed class EventStreamReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventStreamReader(HttpResponseMessage response, StreamReader reader) => (_response, _reader) = (response, reader);

    public HttpResponseMessage Response => _response;

    public static async Task<EventStreamReader> OpenAsync(AnalyzerHost analyzer, string token, string? lastId = null, string query = "")
    {
        var response = await SendAsync(analyzer, token, lastId, query);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((int)response.StatusCode == 429)
        {
            // The server hears a little later than the client that a stream has been closed.
            response.Dispose();
            await Task.Delay(20, patience.Token);
            response = await SendAsync(analyzer, token, lastId, query);
        }

        Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var stream = new EventStreamReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        Assert.Matches("^retry: 1000\\|id: [0-9]+$", await stream.NextAsync());
        Assert.Equal(": here", await stream.NextAsync());
        return stream;
    }

    /// <summary>The next message, its lines joined with <c>|</c>; null at the end.</summary>
    public async Task<string?> NextAsync()
    {
        var lines = new List<string>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await _reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Length == 0)
            {
                return string.Join('|', lines);
            }

            lines.Add(line);
        }

        return null;
    }

    private static async Task<HttpResponseMessage> SendAsync(AnalyzerHost analyzer, string token, string? lastId, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AnalyzerHost.Stream + query);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        return await analyzer.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
