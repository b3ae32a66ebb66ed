using System.Text.Json.Nodes;

namespace Gatehouse.Local.Tests;

/// <summary>An answer as a test reads it.</summary>
public sealed record Answer(int Status, string? ContentType, HttpResponseMessage Message, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public JsonArray Array => Json.AsArray();

    /// <summary>The code of the first error.</summary>
    public string? Code => (string?)Json["errors"]?[0]?["code"];

    /// <summary>The parameter that the first error names.</summary>
    public string? Parameter => (string?)Json["errors"]?[0]?["meta"]?["param_name"];

    public string? RetryAfter => Message.Headers.RetryAfter?.ToString();

    public static async Task<Answer> OfAsync(Task<HttpResponseMessage> sending)
    {
        var message = await sending;
        var body = await message.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer((int)message.StatusCode, message.Content.Headers.ContentType?.ToString(), message, body);
    }

    public string Text(string name) => (string)Json[name]!;

    public long Number(string name) => (long)Json[name]!;

    public string[] Ids() => [.. (Json as JsonArray ?? Json["data"]!.AsArray()).Select(item => (string)item!["id"]!)];
}
