using Gatehouse.Internal;

namespace Gatehouse.Tests.Internal;

public sealed class SingleFlightTests
{
    private readonly SingleFlight<string, int> _flights = new();
    private readonly TaskCompletionSource<int> _landing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;

    [Fact]
    public async Task Ten_thousand_callers_at_once_share_one_flight()
    {
        var callers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            () => Enumerable.Range(0, 625).Select(_ => JoinAsync("key")).ToArray())));

        _landing.SetResult(7);
        Assert.All(await Task.WhenAll(callers.SelectMany(some => some)), answer => Assert.Equal(7, answer));
        Assert.Equal(1, _started);
    }

    [Fact]
    public async Task Keys_fly_apart()
    {
        var (first, second) = (JoinAsync("first"), JoinAsync("second"));
        _landing.SetResult(7);
        await Task.WhenAll(first, second);
        Assert.Equal(2, _started);
    }

    [Fact]
    public async Task A_flight_that_has_landed_is_not_remembered()
    {
        _landing.SetResult(7);
        await JoinAsync("key");
        await JoinAsync("key");
        Assert.Equal(2, _started);
    }

    [Fact]
    public async Task A_failure_is_given_to_all_who_waited_and_is_not_remembered()
    {
        var callers = new[] { JoinAsync("key"), JoinAsync("key"), JoinAsync("key") };
        _landing.SetException(new InvalidOperationException("away"));
        foreach (var caller in callers)
        {
            Assert.Equal("away", (await Assert.ThrowsAsync<InvalidOperationException>(() => caller)).Message);
        }

        Assert.Equal(1, _started);
        Assert.Equal(9, await _flights.RunAsync("key", _ => Task.FromResult(9), CancellationToken.None));
    }

    [Fact]
    public async Task A_maker_that_throws_at_once_fails_its_callers_and_no_later_one()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _flights.RunAsync("key", _ => throw new InvalidOperationException("at once"), CancellationToken.None));
        Assert.Equal(9, await _flights.RunAsync("key", _ => Task.FromResult(9), CancellationToken.None));
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_end_the_flight_for_the_others()
    {
        using var patience = new CancellationTokenSource();
        var impatient = _flights.RunAsync("key", MakeAsync, patience.Token);
        var patient = JoinAsync("key");

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.False(patient.IsCompleted);

        _landing.SetResult(7);
        Assert.Equal(7, await patient);
        Assert.Equal(1, _started);
    }

    [Fact]
    public async Task A_flight_that_everybody_has_left_is_still_joined()
    {
        using var patience = new CancellationTokenSource();
        var impatient = _flights.RunAsync("key", MakeAsync, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);

        var late = JoinAsync("key");
        _landing.SetResult(7);
        Assert.Equal(7, await late);
        Assert.Equal(1, _started);
    }

    [Fact]
    public async Task A_flight_knows_nothing_of_the_caller_who_started_it()
    {
        var caller = new AsyncLocal<int> { Value = 7 };
        Assert.Equal(0, await _flights.RunAsync("key", _ => Task.FromResult(caller.Value), CancellationToken.None));
    }

    [Fact]
    public async Task A_caller_that_lets_nothing_flow_may_start_a_flight()
    {
        Task<int> flight;
        using (ExecutionContext.SuppressFlow())
        {
            flight = _flights.RunAsync("key", _ => Task.FromResult(9), CancellationToken.None);
            Assert.True(ExecutionContext.IsFlowSuppressed());
        }

        Assert.Equal(9, await flight);
    }

    [Fact]
    public async Task Flights_that_follow_one_another_never_overlap()
    {
        var (flying, most) = (0, 0);
        async Task<int> MakeAsync(string key)
        {
            most = Math.Max(most, Interlocked.Increment(ref flying));
            await Task.Yield();
            Interlocked.Decrement(ref flying);
            return 1;
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var n = 0; n < 2_000; n++)
            {
                await _flights.RunAsync("key", MakeAsync, CancellationToken.None);
            }
        })));

        Assert.Equal(1, most);
    }

    private Task<int> JoinAsync(string key) => _flights.RunAsync(key, MakeAsync, CancellationToken.None);

    private Task<int> MakeAsync(string key)
    {
        Interlocked.Increment(ref _started);
        return _landing.Task;
    }
}
