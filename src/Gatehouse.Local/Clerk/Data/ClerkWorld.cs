using Gatehouse.Local.Clerk.Tokens;
using Gatehouse.Local.Clerk.Webhooks;

namespace Gatehouse.Local.Clerk.Data;

/// <summary>The running instance: its data, clock and ids, and the gate that lets one request at a time change them.</summary>
internal sealed class ClerkWorld
{
    private readonly int _seed;

    public ClerkWorld(TimeProvider time, int seed)
    {
        _seed = seed;
        Clock = new ClerkClock(time);
        Ids = new IdGenerator(Clock, new Random(seed));
        Data = ClerkSeed.Fill(new ClerkData(KeyRing.Published()));
    }

    /// <summary>Held while <see cref="Data"/> is read or changed.</summary>
    public Lock Gate { get; } = new();

    public ClerkClock Clock { get; }

    public IdGenerator Ids { get; private set; }

    public ClerkData Data { get; private set; }

    /// <summary>Where changes raise their events.</summary>
    public EventOutbox Outbox { get; } = new();

    /// <summary>Makes everything as it was at the start.</summary>
    public void Reset()
    {
        Clock.MoveTo(0);
        Ids = new IdGenerator(Clock, new Random(_seed));
        Data = ClerkSeed.Fill(new ClerkData(KeyRing.Published()));
    }
}
