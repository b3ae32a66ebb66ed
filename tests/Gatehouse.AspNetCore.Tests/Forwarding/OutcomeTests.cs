using System.Diagnostics.Metrics;
using System.Net;
using Gatehouse.AspNetCore.Forwarding.Internal;
using Gatehouse.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

public sealed class OutcomeTests
{
    [Fact]
    public void Every_outcome_has_a_word_of_its_own()
    {
        var words = Enum.GetValues<ForwardingFailure>().Select(failure => failure.ToOutcome()).ToList();
        Assert.Equal(words.Distinct(), words);
    }

    [Fact]
    public async Task Each_request_is_counted_by_service_and_outcome()
    {
        var service = $"service {Guid.NewGuid()}";
        var counted = new List<string>();
        var durations = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name.StartsWith("gatehouse.forwarding.", StringComparison.Ordinal))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Note(tags, word =>
        {
            lock (counted)
            {
                counted.Add(word);
            }
        }));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Note(tags, _ => Interlocked.Increment(ref durations)));
        listener.Start();
        void Note(ReadOnlySpan<KeyValuePair<string, object?>> tags, Action<string> note)
        {
            if (tags.ToArray().Any(tag => tag.Key == "service" && Equals(tag.Value, service)))
            {
                note((string)tags.ToArray().Single(tag => tag.Key == "outcome").Value!);
            }
        }

        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.StartAsync(app =>
        {
            app.MapForwarding("/to/{**rest}", upstream.Address, options => (options.Service, options.MaximumBodyBytes) = (service, 1));
            app.MapForwarding("/away", new Uri("http://127.0.0.1:9"), options => options.Service = service);
        });
        (await front.SendAsync("/to/x")).Dispose();
        (await front.SendAsync("/to/x%2f")).Dispose();
        (await front.SendAsync("/to/x", HttpMethod.Post, content: new StringContent("large"))).Dispose();
        (await front.SendAsync("/away")).Dispose();
        front.Clerk.Status = 500;
        (await front.SendAsync("/to/x", token: front.Forge.Session(claims => claims.Remove("azp")))).Dispose();

        await Eventually.AsTrue(() => Volatile.Read(ref durations) == 5);
        Assert.Equal(["body-refused", "forwarded", "path-refused", "token-unavailable", "upstream-unreachable"], counted.Order());
    }

    [Fact]
    public async Task A_code_goes_before_a_status_and_the_last_word_counts()
    {
        await using var front = await FrontApp.StartAsync(app => app
            .MapGet("/x", () => "never")
            .RequireCaller()
            .WithProblemAnswer("unauthenticated", ProblemAnswer.Text("first"))
            .WithProblemAnswer("unauthenticated", ProblemAnswer.Text("second", 403))
            .WithProblemAnswer(401, ProblemAnswer.Json("{}")));
        using var nobody = await front.Client.GetAsync("/x");
        Assert.Equal((HttpStatusCode.Forbidden, "second"), (nobody.StatusCode, await nobody.Content.ReadAsStringAsync()));
        using var forged = await front.SendAsync("/x", token: "a.b.c");
        Assert.Equal((HttpStatusCode.Unauthorized, "{}"), (forged.StatusCode, await forged.Content.ReadAsStringAsync()));
        Assert.True(forged.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(600)]
    public void A_refusal_cannot_be_made_an_admission(int status) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ProblemAnswer.Text("fine", status));
}
