using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests;

/// <summary>The control surface takes any JSON: it changes what was asked for, or refuses and changes nothing.</summary>
public sealed class ControlJsonTests
{
    private static readonly (string Path, string Whole)[] Settable =
    [
        ("/_local/faults", """{"seed":3,"webhooks":{"loss":0.5,"duplicate":1,"reorder":0,"delay_ms":10,"wrong_signature":0.25},"api":{"status_429":0,"status_5xx":0,"delay_ms":0,"close":0},"limits":{"backend_per_10s":0,"per_resource_per_10s":10,"frontend_creates_per_10s":5,"frontend_attempts_per_10s":3}}"""),
        ("/_local/endpoints", """[{"url":"http://localhost:1/a","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw","previous_secrets":["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"],"events":["user.created","*"],"disabled":true}]"""),
        ("/_local/session-claims", """{"claims":{"role":"{{user.public_metadata.role}}","deep":{"a":[1,null,true]}},"lifetime":90}"""),
    ];

    private static readonly (string Method, string Path, string Whole)[] Acts =
    [
        ("POST", "/_local/clock", """{"advance_seconds":5,"offset_seconds":-7,"webhook_time_factor":2.5}"""),
        ("POST", "/_local/webhooks", """{"type":"user.updated","data":{"id":"user_1","deep":{"a":[1]}}}"""),
        ("POST", "/_local/keys/rotate", """{"keep_previous":true}"""),
        ("POST", "/_local/snapshots", "{}"),
        ("POST", "/_local/reset", "{}"),
    ];

    [Fact]
    public async Task Whole_settings_are_told_as_they_were_put()
    {
        await using var clerk = await RunningClerk.StartAsync();
        foreach (var (path, whole) in Settable)
        {
            var put = await clerk.SendAsync(HttpMethod.Put, path, JsonNode.Parse(whole));

            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(whole), put.Json), put.Body);
            Assert.Equal(put.Body, (await clerk.GetAsync(path)).Body);
        }
    }

    [Fact]
    public async Task Damaged_settings_are_taken_as_told_or_refused_without_effect()
    {
        var counts = Counts.Of("control-json");
        var random = counts.Random();
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:Webhooks:Keep", "10"));
        for (var count = 0; count < counts.Count; count++)
        {
            var (path, whole) = Settable[random.Next(Settable.Length)];
            var before = (await clerk.GetAsync(path)).Body;
            var damaged = Damage(whole, random);

            var put = await SendAsync(clerk, "PUT", path, damaged);

            var after = (await clerk.GetAsync(path)).Body;
            Assert.True(put.Status is 200 or 400 or 422, $"{path} answers {put.Status} to {damaged}");
            Assert.Equal(put.Status == 200 ? put.Body : before, after);
            if (put.Status == 200)
            {
                Assert.Equal(put.Body, (await SendAsync(clerk, "PUT", path, put.Body)).Body);   // what is told can be put
            }
        }
    }

    [Fact]
    public async Task Damaged_requests_are_done_or_refused_and_break_nothing()
    {
        var counts = Counts.Of("control-acts");
        var random = counts.Random();
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:Webhooks:Keep", "10"));
        for (var count = 0; count < counts.Count; count++)
        {
            var (method, path, whole) = Acts[random.Next(Acts.Length)];
            var damaged = Damage(whole, random);

            var answer = await SendAsync(clerk, method, path, damaged);

            Assert.True(answer.Status is 200 or 201 or 400 or 422, $"{path} answers {answer.Status} to {damaged}");
            if (answer.Status >= 400)
            {
                Assert.False(string.IsNullOrEmpty(answer.Code), damaged);
            }
        }
    }

    private static Task<Answer> SendAsync(RunningClerk clerk, string method, string path, string body)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new("application/json") } },
        };
        return Answer.OfAsync(clerk.Http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    // Half of the time a value is replaced by another, which leaves it JSON; else the text itself is cut or stirred.
    private static string Damage(string whole, Random random)
    {
        if (random.Next(2) == 0)
        {
            return Replace(JsonNode.Parse(whole)!, random).ToJsonString();
        }

        var text = new StringBuilder(whole);
        for (var count = random.Next(1, 4); count > 0 && text.Length > 0; count--)
        {
            var at = random.Next(text.Length);
            _ = random.Next(3) switch
            {
                0 => text.Remove(at, Math.Min(random.Next(1, 6), text.Length - at)),
                1 => text.Insert(at, "{}[]\",:0-eé\\u"[random.Next(13)]),
                _ => text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 12), text.Length - at))),
            };
        }

        return text.ToString();
    }

    private static JsonNode Replace(JsonNode root, Random random)
    {
        var places = Places(root).ToList();
        if (places.Count == 0)
        {
            return new JsonObject { ["surplus"] = random.Next() };
        }

        var (parent, name, index) = places[random.Next(places.Count)];
        JsonNode? value = random.Next(12) switch
        {
            0 => null,
            1 => random.Next(-5, 5),
            2 => (random.NextDouble() * 3) - 1,
            3 => 1e308,
            4 => long.MaxValue,
            5 => "",
            6 => new string('x', random.Next(3000)),
            7 => "http://example.com/",
            8 => true,
            9 => new JsonArray(1, "a", null),
            10 => new JsonObject { ["a"] = new JsonObject() },
            _ => "\u0000\ud83d\ude00",
        };
        if (name is not null)
        {
            parent.AsObject()[random.Next(4) == 0 ? name + "s" : name] = value;
        }
        else
        {
            parent.AsArray()[index] = value;
        }

        return root;
    }

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Places(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => Inside(member.Value).Prepend((members, member.Key, 0))),
        JsonArray items => items.SelectMany((item, index) => Inside(item).Prepend((items, null, index))),
        _ => [],
    };

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Inside(JsonNode? node) => node is null ? [] : Places(node);
}
