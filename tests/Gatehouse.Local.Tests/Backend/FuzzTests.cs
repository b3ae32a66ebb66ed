using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Local.Tests.Shapes;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>Bodies and queries of every kind are answered or refused, but never fail: a 500 would be a bug of the local Clerk.</summary>
[Proves("A8")]
public sealed class FuzzTests
{
    private static readonly string[] Texts =
    [
        "", " ", "x", "null", "true", "0", "-1", "1e999", "org:admin", "org:member", "org:a:b", "a@b.c", "new@example.com", "+12015550199", "https://a.example/b",
        "2026-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "../../etc", "{{user.id}}", "{{", "é", "\u0000", "\ud83d\ude00", "token", "cookie", "opaque", "jwt",
        "verified", "reserved", "user_2LocalAdminAda0000000000001", "org_2LocalKrypton00000000000001", "perm_2LocalReadMembers0000000001", "424242", "JBSWY3DP", "%00", "[]",
    ];

    private static readonly string[] Queries =
    [
        "limit", "offset", "order_by", "query", "status", "paginated", "user_id", "role", "subject", "starting_after", "created_at_after", "banned", "name_query",
        "email_address", "organization_id", "include_members_count", "suffixed_cookies", "provider", "%00", "", "limit[]",
    ];

    [Fact]
    public async Task No_request_makes_the_local_clerk_fail()
    {
        var runs = Counts.Of("local-clerk-fuzz");
        var random = runs.Random();
        for (var run = 0; run < runs.Count;)
        {
            // A fresh one now and then: what was deleted on the way must not make the rest idle.
            await using var stage = await Stage.SetAsync();
            for (var turn = 0; turn < 200 && run < runs.Count; turn++, run++)
            {
                await TryAsync(stage, random, runs);
            }
        }
    }

    private static async Task TryAsync(Stage stage, Random random, Counts runs)
    {
        var operation = ShapeBook.Operations[random.Next(ShapeBook.Operations.Count)];
        var body = operation.Method == "GET" ? null : Bytes(operation, random);
        var path = $"/v1{stage.Fill(operation.Path)}{Query(random)}";
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new("application/json");
        }

        var answer = await Answer.OfAsync(stage.Clerk.Http.SendAsync(request, TestContext.Current.CancellationToken));

        var asked = $"{operation.Method} {path} {(body is null ? "" : Encoding.UTF8.GetString(body))} {runs}";
        Assert.True(answer.Status is >= 200 and < 500, $"{answer.Status}: {asked}");
        Assert.True(answer.Status < 300 || answer.Code is not null, asked);
    }

    private static byte[] Bytes(ShapedOperation operation, Random random)
    {
        var item = Members(operation, random);
        JsonNode body = operation.TakesList ? new JsonArray(item, Members(operation, random)) : item;
        var text = random.Next(8) == 0 ? Mutated(body.ToJsonString(), random) : body.ToJsonString();
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > 0 && random.Next(20) == 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static JsonObject Members(ShapedOperation operation, Random random)
    {
        var members = new JsonObject();
        foreach (var name in operation.Body.Where(_ => random.Next(3) > 0))
        {
            members[name] = Value(random, depth: 0);
        }

        if (random.Next(5) == 0)
        {
            members[Texts[random.Next(Texts.Length)]] = Value(random, depth: 0);
        }

        return members;
    }

    private static JsonNode? Value(Random random, int depth) => random.Next(depth > 4 ? 6 : 9) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-5, 100),
        3 => random.NextDouble() * Math.Pow(10, random.Next(-20, 300)),
        4 or 5 => Texts[random.Next(Texts.Length)],
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]),
        7 => new string('x', random.Next(1000)),
        _ => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(index => KeyValuePair.Create($"{Texts[random.Next(Texts.Length)]}{index}", Value(random, depth + 1)))),
    };

    private static string Mutated(string text, Random random)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var at = random.Next(text.Length);
        return random.Next(4) switch
        {
            0 => text.Remove(at),
            1 => text.Insert(at, "\"{}[],:\\u0"[random.Next(10)].ToString()),
            2 => text.Remove(at, 1),
            _ => text + text,
        };
    }

    private static string Query(Random random)
    {
        var pairs = Enumerable.Range(0, random.Next(4)).Select(_ =>
            $"{Queries[random.Next(Queries.Length)]}={Uri.EscapeDataString(Texts[random.Next(Texts.Length)])}");
        return $"?{string.Join('&', pairs)}";
    }
}
