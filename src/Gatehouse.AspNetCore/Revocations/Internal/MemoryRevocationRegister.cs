using System.Globalization;
using System.Runtime.CompilerServices;
using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Revocations.Internal;

/// <summary>A register in this process's memory. Gone with it: readers then begin anew, since cursors name the process they came from.</summary>
internal sealed class MemoryRevocationRegister(RevocationList list, TimeProvider time) : IRevocationRegister
{
    // A token that could be concerned lives no longer than a day; a machine or a key goes on making or being one.
    private static readonly TimeSpan TokenMemory = TimeSpan.FromHours(25);
    private static readonly TimeSpan HolderMemory = TimeSpan.FromDays(365);

    private readonly string _process = Guid.NewGuid().ToString("N")[..12];
    private readonly Lock _gate = new();
    private readonly List<(long Place, RevocationRecord Record, bool IsWithdrawn)> _changes = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    public ValueTask<RevocationRecord> RevokeAsync(
        RevocationKind kind, string value, string? reason, string? by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var memory = kind is RevocationKind.Machine or RevocationKind.Key ? HolderMemory : TokenMemory;
        var record = new RevocationRecord(new Revocation(kind, value, now, now + memory), reason, by);
        list.Add(record.Revocation);
        Append(record, isWithdrawn: false);
        return ValueTask.FromResult(record);
    }

    public ValueTask<bool> WithdrawAsync(RevocationKind kind, string value, CancellationToken cancellationToken)
    {
        var withdrawn = list.Withdraw(kind, value);
        if (withdrawn)
        {
            var now = time.GetUtcNow();
            Append(new RevocationRecord(new Revocation(kind, value, now, now + TokenMemory), null, null), isWithdrawn: true);
        }

        return ValueTask.FromResult(withdrawn);
    }

    public ValueTask<IReadOnlyList<RevocationRecord>> ListAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<RevocationRecord>>([.. Present().Select(change => change.Record)]);
        }
    }

    public async IAsyncEnumerable<RevocationChange> ReadAsync(string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = PlaceOf(after);
        while (true)
        {
            RevocationChange[] batch;
            Task changed;
            lock (_gate)
            {
                var wanted = place is { } known ? _changes.Where(change => change.Place > known) : Present();
                batch = [.. wanted.Select(change => new RevocationChange(CursorOf(change.Place), new RevocationNews(change.Record.Revocation, change.IsWithdrawn)))];
                place = _last;
                changed = _changed.Task;
            }

            foreach (var change in batch)
            {
                yield return change;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // What a change has replaced is dropped with it, so the list is as long as what holds, and what was withdrawn within its memory.
    private void Append(RevocationRecord record, bool isWithdrawn)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            _changes.RemoveAll(change => change.Record.Revocation.Until <= now || IsSame(change.Record.Revocation, record.Revocation));
            _changes.Add((++_last, record, isWithdrawn));
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private IEnumerable<(long Place, RevocationRecord Record, bool IsWithdrawn)> Present()
    {
        var now = time.GetUtcNow();
        return _changes.Where(change => !change.IsWithdrawn && change.Record.Revocation.Until > now);
    }

    private static bool IsSame(Revocation one, Revocation other) => one.Kind == other.Kind && one.Value == other.Value;

    private string CursorOf(long place) => string.Create(CultureInfo.InvariantCulture, $"{_process}-{place}");

    private long? PlaceOf(string? cursor) =>
        cursor is not null
        && cursor.StartsWith($"{_process}-", StringComparison.Ordinal)
        && long.TryParse(cursor.AsSpan(_process.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? place
            : null;
}
