using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace GoodTalk.Analysis;

/// <summary>What the pages need of the Analyzer, in the name of whoever looks at them.</summary>
internal sealed class AnalyzerClient
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly HttpClient _http;

    public AnalyzerClient(HttpClient http, IOptions<GoodTalkOptions> options)
    {
        http.BaseAddress = AnalyzerAddress.Parse(options.Value.AnalyzerUrl);
        http.Timeout = TimeSpan.FromSeconds(10);
        _http = http;
    }

    /// <returns>Null while the Analyzer is away.</returns>
    public Task<ModulePage?> ListModulesAsync(string userId, CancellationToken cancellationToken) =>
        ReadAsync<ModulePage>($"api/user_modules/user/{userId}", cancellationToken);

    /// <returns>Null while the Analyzer is away.</returns>
    public Task<ChatPage?> ListMessagesAsync(CancellationToken cancellationToken) => ReadAsync<ChatPage>("api/chat", cancellationToken);

    /// <returns>The status that the Analyzer answered; 503 while it is away.</returns>
    public async Task<int> SaveModuleAsync(string name, string text, CancellationToken cancellationToken)
    {
        var module = new JsonObject { ["name"] = name, ["content"] = new JsonObject { ["text"] = text } };
        try
        {
            using var answer = await _http.PostAsJsonAsync("api/user_modules/save", module, cancellationToken);
            return (int)answer.StatusCode;
        }
        catch (Exception away) when (IsAway(away, cancellationToken))
        {
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task<T?> ReadAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var answer = await _http.GetAsync(path, cancellationToken);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<T>(Json, cancellationToken) : null;
        }
        catch (Exception away) when (IsAway(away, cancellationToken))
        {
            return null;
        }
    }

    private static bool IsAway(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
