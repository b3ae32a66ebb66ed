using System.Text.Json;

namespace ShtetlZmanim.Tests.Support;

/// <summary>What tests read from answers.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public static string[] Names(this JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>Status, media type, code and text of a refusal; that it says something of its own besides, and no more than that.</summary>
    public static async Task<JsonElement> RefusedAsync(this HttpResponseMessage response, int status, string code, string error)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync();
        Assert.Equal((code, error, status), (problem.Text("code"), problem.Text("error"), problem.GetProperty("status").GetInt32()));
        Assert.NotEmpty(problem.Text("message"));
        Assert.NotEqual(error, problem.Text("message"));
        Assert.Empty(problem.Names().Except(["type", "title", "status", "code", "error", "message", "details", "violated-policies"]));
        return problem;
    }

    /// <summary>Headers that every answer has, and that say what they must.</summary>
    public static void ShowsLimit(this HttpResponseMessage response, string policy, int limit)
    {
        Assert.Equal(limit, int.Parse(response.Header("X-RateLimit-Limit")!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(int.Parse(response.Header("X-RateLimit-Remaining")!, System.Globalization.CultureInfo.InvariantCulture), 0, limit);
        Assert.Matches(@"\A[0-9]{10}\z", response.Header("X-RateLimit-Reset"));
        Assert.StartsWith($"\"{policy}\";q={limit};", response.Header("RateLimit-Policy"), StringComparison.Ordinal);
        Assert.StartsWith($"\"{policy}\";r=", response.Header("RateLimit"), StringComparison.Ordinal);
    }
}
