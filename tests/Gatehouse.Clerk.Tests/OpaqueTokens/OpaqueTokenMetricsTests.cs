using System.Diagnostics.Metrics;
using Gatehouse.Clerk.Api;
using Gatehouse.Clerk.OpaqueTokens.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Clerk.Tests.OpaqueTokens;

public sealed class OpaqueTokenMetricsTests
{
    [Fact]
    public void Every_member_has_a_tag_of_its_own()
    {
        Distinct(Enum.GetValues<ClerkFailure>(), OpaqueTokenMetrics.TagOf);
        Distinct(Enum.GetValues<CallHeld>(), OpaqueTokenMetrics.TagOf);
        Distinct([TokenClass.M2M, TokenClass.OAuth, TokenClass.ApiKey], OpaqueTokenMetrics.TagOf);
    }

    [Fact]
    public void Each_event_is_counted_with_its_class_and_outcome()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var seen = new List<string>();
        using var listener = new MeterListener();
        var metrics = new OpaqueTokenMetrics(services.GetRequiredService<IMeterFactory>());
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Add(Line(instrument, value, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Add(Line(instrument, value, tags)));
        listener.Start();

        metrics.Hit(TokenClass.M2M, good: true);
        metrics.Called(TokenClass.ApiKey, good: false, TimeSpan.FromSeconds(2));
        metrics.Failed(TokenClass.OAuth, ClerkFailure.Credentials, TimeSpan.FromSeconds(1));
        metrics.Held(TokenClass.M2M, CallHeld.Flood);

        Assert.Equal(
            [
                "gatehouse.opaque_token.hits 1 class=m2m outcome=good",
                "gatehouse.opaque_token.call.duration 2 class=api_key outcome=unknown",
                "gatehouse.opaque_token.call.duration 1 class=oauth outcome=credentials",
                "gatehouse.opaque_token.held 1 class=m2m reason=flood",
            ],
            seen);
    }

    private static string Line<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        $"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}";

    private static void Distinct<T>(IReadOnlyCollection<T> members, Func<T, string> tag) =>
        Assert.Equal(members.Count, members.Select(tag).Distinct(StringComparer.Ordinal).Count());
}
