using System.Collections.Concurrent;

namespace Gatehouse.Tokens;

/// <summary>What is revoked, in this process's memory: asked at each use of a token, cached or not, so the very next request is refused.</summary>
/// <remarks>Safe for any number of threads. What has run out is forgotten as the list is written to.</remarks>
public sealed class RevocationList
{
    /// <summary>After how long a silence of its feed the list counts as stale.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(RevocationKind Kind, string Value), Revocation> _revocations = new();
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<Watcher, bool> _watchers = new();
    private long _heardAt = long.MinValue;
    private int _sweepAt = 1024;
    private volatile bool _isEmpty = true;

    /// <summary>An empty list, which nobody feeds.</summary>
    public RevocationList(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
    }

    /// <summary>All that holds now.</summary>
    public IReadOnlyCollection<Revocation> All
    {
        get
        {
            var now = _time.GetUtcNow();
            return [.. _revocations.Values.Where(revocation => revocation.Until > now)];
        }
    }

    /// <summary>Whether a feed was promised and has been silent for <see cref="StaleAfter"/>. Never for a list without a feed.</summary>
    public bool IsStale =>
        Interlocked.Read(ref _heardAt) is var heard and not long.MinValue && _time.GetUtcNow().UtcTicks - heard > StaleAfter.Ticks;

    /// <summary>Adds a revocation. Of two that name the same thing the later and longer one holds.</summary>
    public void Add(Revocation revocation)
    {
        ArgumentNullException.ThrowIfNull(revocation);
        if (revocation.Until <= _time.GetUtcNow())
        {
            return;
        }

        _revocations.AddOrUpdate((revocation.Kind, revocation.Value), revocation, (_, known) => revocation with
        {
            At = known.At > revocation.At ? known.At : revocation.At,
            Until = known.Until > revocation.Until ? known.Until : revocation.Until,
        });
        _isEmpty = false;
        if (_revocations.Count >= _sweepAt)
        {
            Sweep();
        }

        foreach (var (watcher, _) in _watchers)
        {
            watcher.Heard(revocation);
        }
    }

    /// <summary>Tells of each revocation as it is added, inside the call that adds it, until what is returned is disposed.</summary>
    /// <param name="heard">Must not throw and must not wait.</param>
    public IDisposable Watch(Action<Revocation> heard)
    {
        ArgumentNullException.ThrowIfNull(heard);
        var watcher = new Watcher(this, heard);
        _watchers.TryAdd(watcher, true);
        return watcher;
    }

    /// <summary>Takes a revocation back.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Withdraw(RevocationKind kind, string value) => _revocations.TryRemove((kind, value), out _);

    /// <summary>Notes that the feed is there. The first time makes the list one that can grow stale.</summary>
    public void Heard() => Interlocked.Exchange(ref _heardAt, _time.GetUtcNow().UtcTicks);

    /// <summary>Whether a token is revoked: by its session, its subject, or itself.</summary>
    public bool Contains(TokenClaims claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return !_isEmpty
            && (Holds(RevocationKind.Session, claims.SessionId)
                || Holds(claims.Class == TokenClass.ApiKey ? RevocationKind.Key : RevocationKind.Token, claims.TokenId)
                || Holds(RevocationKind.Machine, claims.Subject)
                || HoldsForUser(claims));
    }

    /// <summary>Whether a revocation concerns a token.</summary>
    public static bool Concerns(Revocation revocation, TokenClaims claims)
    {
        ArgumentNullException.ThrowIfNull(revocation);
        ArgumentNullException.ThrowIfNull(claims);
        return revocation.Kind switch
        {
            RevocationKind.Session => revocation.Value == claims.SessionId,
            RevocationKind.User => revocation.Value == claims.Subject && IssuedUpTo(claims, revocation.At),
            RevocationKind.Machine => revocation.Value == claims.Subject,
            RevocationKind.Token => claims.Class != TokenClass.ApiKey && revocation.Value == claims.TokenId,
            RevocationKind.Key => claims.Class == TokenClass.ApiKey && revocation.Value == claims.TokenId,
            _ => false,
        };
    }

    private bool Holds(RevocationKind kind, string? value) => value is not null && Find(kind, value) is not null;

    private bool HoldsForUser(TokenClaims claims) =>
        Find(RevocationKind.User, claims.Subject) is { } revocation && IssuedUpTo(claims, revocation.At);

    // A token that does not say when it was issued may be as old as any.
    private static bool IssuedUpTo(TokenClaims claims, DateTimeOffset at) => claims.IssuedAt is not { } issued || issued <= at;

    private Revocation? Find(RevocationKind kind, string value) =>
        _revocations.TryGetValue((kind, value), out var revocation) && revocation.Until > _time.GetUtcNow() ? revocation : null;

    private void Sweep()
    {
        var now = _time.GetUtcNow();
        foreach (var (key, revocation) in _revocations)
        {
            if (revocation.Until <= now)
            {
                _revocations.TryRemove(new(key, revocation));
            }
        }

        _sweepAt = Math.Max(1024, _revocations.Count * 2);
    }

    private sealed class Watcher(RevocationList list, Action<Revocation> heard) : IDisposable
    {
        public Action<Revocation> Heard { get; } = heard;

        public void Dispose() => list._watchers.TryRemove(this, out _);
    }
}
