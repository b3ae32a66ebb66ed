using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Data.Storage;
using Gatehouse.Local.Clerk.Faults;
using Gatehouse.Local.Clerk.Limits;
using Gatehouse.Local.Clerk.Webhooks;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>All that can be changed about the instance, taken together: what a reset begins anew and a snapshot keeps.</summary>
/// <remarks>
/// Two things go on through both: message ids, which receivers remember, and, through a restore, the ids of new resources, so that what
/// is made after it is not mistaken for what was made before. The request log is history, and only a reset clears it.
/// </remarks>
internal sealed class InstanceState(
    ClerkWorld world,
    LocalClerkSettings settings,
    RequestLimiter limiter,
    FaultPlan faults,
    WebhookSender sender,
    RequestLog log)
{
    /// <summary>The most snapshots that are kept; the oldest make room.</summary>
    public const int MostSnapshots = 32;

    private readonly List<InstanceSnapshot> _snapshots = [];

    /// <summary>Puts what configuration says about the instance itself in place, once at the start and after each reset.</summary>
    public void Begin()
    {
        if (settings.ClockOffsetSeconds is { } offset)
        {
            world.Clock.MoveTo(offset);
        }

        world.SessionTokenSeconds = settings.SessionTokenSeconds;
        limiter.Settings = settings.Limits;
        limiter.Reset();
        faults.Set(settings.Faults);
    }

    /// <summary>Makes everything as it was at the start. Snapshots stay.</summary>
    public void Reset()
    {
        world.Reset();
        Begin();
        sender.Reset();
        log.Reset();
    }

    public InstanceSnapshot Capture()
    {
        var snapshot = new InstanceSnapshot(
            world.Ids.Next("snap_"),
            ClerkDataJson.Write(world.Data),
            world.Clock.OffsetSeconds,
            world.SessionTokenSeconds,
            faults.Settings,
            limiter.Settings,
            sender.Capture());
        _snapshots.Add(snapshot);
        if (_snapshots.Count > MostSnapshots)
        {
            _snapshots.RemoveAt(0);
        }

        return snapshot;
    }

    /// <summary>Makes everything as it was when the snapshot was taken. False when there is none of that id.</summary>
    public bool Restore(string id)
    {
        if (_snapshots.Find(snapshot => snapshot.Id == id) is not { } found)
        {
            return false;
        }

        world.Replace(ClerkDataJson.Read(found.Data));
        world.Clock.MoveTo(found.ClockOffsetSeconds);
        world.SessionTokenSeconds = found.SessionTokenSeconds;
        faults.Set(found.Faults);
        limiter.Settings = found.Limits;
        limiter.Reset();
        sender.Restore(found.Webhooks);
        return true;
    }
}
