using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Gatehouse.Local.Clerk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Bench.Local;

/// <summary>Requests a second from clients that each wait for their answer. Clients and server share the machine.</summary>
internal static class RequestBench
{
    /// <summary>Reading one user after another, all different.</summary>
    public static Contestant Reads(string name, BenchClerk clerk, IReadOnlyList<string> ids, int clients) =>
        new(name, duration => RateAsync(duration, clients, n => ReadAsync(clerk.Http, $"/v1/users/{ids[n % ids.Count]}")));

    /// <summary>A bare server that answers what it answered before: what HTTP costs, whatever the answer.</summary>
    public static Contestant Bare(string name, HttpClient http, int clients) =>
        new(name, duration => RateAsync(duration, clients, _ => ReadAsync(http, "/v1/users/one")));

    /// <summary>Session tokens of 64 sessions.</summary>
    public static async Task<Contestant> MintsAsync(string name, BenchClerk clerk, int clients)
    {
        var sessions = new List<string>();
        for (var n = 0; n < 64; n++)
        {
            using var made = await clerk.Http.PostAsJsonAsync("/v1/sessions", new { user_id = LocalClerkDefaults.AdaUserId });
            sessions.Add((await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
        }

        return new Contestant(name, duration => RateAsync(duration, clients, n => PostAsync(clerk.Http, $"/v1/sessions/{sessions[n % 64]}/tokens", null)));
    }

    /// <summary>Of ten requests seven read a user, one reads a page of ten, one changes metadata, and one makes a user.</summary>
    public static Contestant Mixed(string name, BenchClerk clerk, IReadOnlyList<string> ids, int clients) =>
        new(name, duration => RateAsync(duration, clients, n => (n % 10) switch
        {
            0 => PostAsync(clerk.Http, "/v1/users", new { first_name = n.ToString(CultureInfo.InvariantCulture) }),
            1 => PatchAsync(clerk.Http, $"/v1/users/{ids[n % ids.Count]}/metadata", new { public_metadata = new { n } }),
            2 => ReadAsync(clerk.Http, $"/v1/users?limit=10&offset={n % ids.Count}"),
            _ => ReadAsync(clerk.Http, $"/v1/users/{ids[n % ids.Count]}"),
        }));

    public static async Task<(WebApplication App, HttpClient Http)> StartBareAsync(byte[] answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            return context.Response.Body.WriteAsync(answer).AsTask();
        });
        await app.StartAsync();
        return (app, new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.Single()) });
    }

    private static async Task<double> RateAsync(TimeSpan duration, int clients, Func<int, Task> request)
    {
        var time = TimeProvider.System;
        var (start, count) = (time.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (time.GetElapsedTime(start) < duration)
            {
                await request(Interlocked.Increment(ref count));
            }
        })));
        return count / time.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task ReadAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        await FinishAsync(answer);
    }

    private static async Task PostAsync(HttpClient http, string path, object? body)
    {
        using var answer = await http.PostAsync(path, body is null ? null : JsonContent.Create(body));
        await FinishAsync(answer);
    }

    private static async Task PatchAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PatchAsync(path, JsonContent.Create(body));
        await FinishAsync(answer);
    }

    private static async Task FinishAsync(HttpResponseMessage answer)
    {
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }
}
