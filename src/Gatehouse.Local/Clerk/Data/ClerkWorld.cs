using Gatehouse.Local.Clerk.Tokens;
using Gatehouse.Local.Clerk.Webhooks;

namespace Gatehouse.Local.Clerk.Data;

/// <summary>The running instance: its data, clock and ids, and the gate that lets one request at a time change them.</summary>
internal sealed class ClerkWorld
{
    private readonly int _seed;
    private readonly ClerkBeginning _beginning;

    /// <exception cref="InvalidOperationException">The seed file is faulty.</exception>
    public ClerkWorld(TimeProvider time, int seed, ClerkBeginning? beginning = null)
    {
        (_seed, _beginning) = (seed, beginning ?? ClerkBeginning.Plain);
        Clock = new ClerkClock(time);
        Ids = new IdGenerator(Clock, new Random(seed));
        Data = _beginning.Make();
    }

    /// <summary>Held while <see cref="Data"/> is read or changed.</summary>
    public Lock Gate { get; } = new();

    public ClerkClock Clock { get; }

    public IdGenerator Ids { get; private set; }

    public ClerkData Data { get; private set; }

    /// <summary>How long session tokens live, in seconds, unless their caller chooses.</summary>
    public int SessionTokenSeconds { get; set; } = TokenLifetime.Default;

    /// <summary>Whether a session waits until its user has chosen an organization.</summary>
    public bool ForceOrganizationSelection { get; set; }

    /// <summary>Whether a link in an e-mail counts in the browser only that asked for it.</summary>
    public bool RequireSameClient { get; set; } = true;

    /// <summary>Whether users must have proved lately who they are to do what is grave.</summary>
    public bool Reverification { get; set; } = true;

    /// <summary>Where changes raise their events.</summary>
    public EventOutbox Outbox { get; } = new();

    /// <summary>Puts other data in the place of all that there are: those of a snapshot, or of a file.</summary>
    public void Replace(ClerkData data) => Data = data;

    /// <summary>Goes on with other ids than those that an earlier run with the same seed gave.</summary>
    /// <param name="runs">How many runs there were before.</param>
    public void SkipIdsOf(int runs) => Ids = new IdGenerator(Clock, new Random(unchecked(_seed + (runs * 7919))));

    /// <summary>Makes everything as it was at the start.</summary>
    public void Reset()
    {
        Clock.MoveTo(0);
        Ids = new IdGenerator(Clock, new Random(_seed));
        Data = _beginning.Make();
    }
}
