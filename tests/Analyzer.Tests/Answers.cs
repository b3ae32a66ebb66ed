using System.Text.Json;

namespace Analyzer.Tests;

/// <summary>What tests read from answers.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public static string[] Names(this JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static async Task<JsonElement> OkAsync(this Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }

    /// <summary>Status, media type, code and text of a refusal; and that it says no more than that.</summary>
    public static async Task<JsonElement> RefusedAsync(this Task<HttpResponseMessage> sent, int status, string code, string detail)
    {
        using var response = await sent;
        return await response.RefusedAsync(status, code, detail);
    }

    public static async Task<JsonElement> RefusedAsync(this HttpResponseMessage response, int status, string code, string detail)
    {
        Assert.Equal((status, code, detail), await ProblemAsync(response));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync();
        Assert.Empty(problem.Names().Except(["type", "title", "status", "code", "detail", "details", "violated-policies"]));
        return problem;
    }

    private static async Task<(int, string?, string?)> ProblemAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(text.StartsWith('{'), $"{(int)response.StatusCode} {text}");
        var problem = await response.JsonAsync();
        return ((int)response.StatusCode, problem.TryGetProperty("code", out var code) ? code.GetString() : text, problem.TryGetProperty("detail", out var detail) ? detail.GetString() : text);
    }
}
