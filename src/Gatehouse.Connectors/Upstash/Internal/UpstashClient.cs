using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Gatehouse.Connectors.Upstash.Internal;

/// <summary>Upstash's REST API, as far as limits need it.</summary>
/// <remarks>Upstash, "REST API". Nothing is repeated here: a command that was not answered may have been run.</remarks>
internal sealed class UpstashClient
{
    /// <summary>The name of its HTTP client.</summary>
    public const string Name = "Gatehouse.Upstash";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly Uri _address;
    private readonly Uri _pipeline;
    private readonly AuthenticationHeaderValue _authorization;

    public UpstashClient(IHttpClientFactory clients, IOptions<UpstashLimitOptions> options, TimeProvider time)
    {
        (_http, _time, _timeout) = (clients.CreateClient(Name), time, options.Value.Timeout);
        _address = new Uri($"{options.Value.Url!.TrimEnd('/')}/");
        _pipeline = new Uri(_address, "pipeline");
        _authorization = new AuthenticationHeaderValue("Bearer", options.Value.Token);
    }

    /// <summary>Runs a script that answers with numbers: by its digest, and where the database does not know it yet, by its text.</summary>
    /// <exception cref="UpstashException">It was not run, or its answer did not come.</exception>
    public async Task<IReadOnlyList<long>> RunAsync(LimitCall call, CancellationToken cancellationToken)
    {
        // A script that is not known was not run, so asking again counts nothing twice.
        return await SendAsync(_address, json => Write(json, "evalsha", call.Script.Digest, call), Numbers, cancellationToken).ConfigureAwait(false)
            ?? await SendAsync(_address, json => Write(json, "eval", call.Script.Text, call), Numbers, cancellationToken).ConfigureAwait(false)
            ?? throw new UpstashException(UpstashFailure.Unreadable, "Upstash does not know a script that it was just given.");
    }

    /// <summary>Adds to members of sorted sets.</summary>
    /// <exception cref="UpstashException">It is not known that all of it was done.</exception>
    public Task AddAsync(IReadOnlyCollection<KeyValuePair<(string Key, string Member), long>> scores, CancellationToken cancellationToken) =>
        SendAsync(
            _pipeline,
            json =>
            {
                json.WriteStartArray();
                foreach (var ((key, member), score) in scores)
                {
                    json.WriteStartArray();
                    json.WriteStringValue("zincrby");
                    json.WriteStringValue(key);
                    json.WriteNumberValue(score);
                    json.WriteStringValue(member);
                    json.WriteEndArray();
                }

                json.WriteEndArray();
            },
            _ => (object?)null,
            cancellationToken);

    private static void Write(Utf8JsonWriter json, string command, string script, LimitCall call)
    {
        json.WriteStartArray();
        json.WriteStringValue(command);
        json.WriteStringValue(script);
        json.WriteNumberValue(call.Keys.Count);
        foreach (var key in call.Keys)
        {
            json.WriteStringValue(key);
        }

        foreach (var argument in call.Arguments)
        {
            json.WriteNumberValue(argument);
        }

        json.WriteEndArray();
    }

    /// <summary>The numbers of an answer; null where the script is not known.</summary>
    private static IReadOnlyList<long>? Numbers(JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out var error))
        {
            return UpstashErrors.IsUnknownScript(error.GetString()) ? null : throw UpstashErrors.Refused(error.GetString());
        }

        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Array
            ? [.. result.EnumerateArray().Select(number => number.GetInt64())]
            : throw new UpstashException(UpstashFailure.Unreadable, "Upstash's answer has no result.");
    }

    private async Task<T> SendAsync<T>(Uri address, Action<Utf8JsonWriter> body, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Content(body) };
        request.Headers.Authorization = _authorization;
        using var patience = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, either.Token).ConfigureAwait(false);
            var answer = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            if (response.StatusCode is not HttpStatusCode.OK and not HttpStatusCode.BadRequest)
            {
                throw UpstashErrors.Of(response.StatusCode);
            }

            using var document = JsonDocument.Parse(answer);
            return read(document.RootElement);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UpstashException(UpstashFailure.TimedOut, $"Upstash did not answer within {_timeout.TotalMilliseconds:0} ms.", late);
        }
        catch (HttpRequestException away)
        {
            throw new UpstashException(UpstashFailure.Unreachable, "Upstash cannot be reached.", away);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException)
        {
            throw new UpstashException(UpstashFailure.Unreadable, "Upstash's answer cannot be read.", unreadable);
        }
    }

    private static ReadOnlyMemoryContent Content(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            body(json);
        }

        return new ReadOnlyMemoryContent(buffer.WrittenMemory) { Headers = { ContentType = Json } };
    }
}
