using System.Text.Json;

namespace Hemera.Tests;

/// <summary>What tests read from answers.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public static string[] Names(this JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    /// <summary>Status, media type, code and text of a refusal; and that it says no more than that.</summary>
    public static async Task<JsonElement> RefusedAsync(this HttpResponseMessage response, int status, string code, string error)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(error, problem.GetProperty("error").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Empty(problem.Names().Except(["type", "title", "status", "code", "error", "details", "violated-policies"]));
        return problem;
    }
}
