using System.Text.Json;

namespace Aither.Tests;

/// <summary>What tests read from answers.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public static async Task RefusedAsync(this HttpResponseMessage response, int status, string code, string error)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(error, problem.GetProperty("error").GetString());
        Assert.Equal(["type", "title", "status", "code", "error"], problem.EnumerateObject().Select(member => member.Name));
    }
}
