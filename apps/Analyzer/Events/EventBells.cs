namespace Analyzer.Events;

/// <summary>Wakes the streams of a user when something has happened. What happened they read from the database.</summary>
internal sealed class EventBells
{
    /// <summary>How many streams a user may have open.</summary>
    public const int MaximumStreams = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<EventBell>> _bells = new(StringComparer.Ordinal);

    /// <returns>A bell that rings from now on until it is disposed; null when the user has too many.</returns>
    public EventBell? Listen(string userId)
    {
        lock (_gate)
        {
            if (!_bells.TryGetValue(userId, out var bells))
            {
                _bells.Add(userId, bells = []);
            }

            if (bells.Count == MaximumStreams)
            {
                return null;
            }

            var bell = new EventBell(left => Remove(userId, left));
            bells.Add(bell);
            return bell;
        }
    }

    public void Ring(string userId)
    {
        lock (_gate)
        {
            if (_bells.TryGetValue(userId, out var bells))
            {
                bells.ForEach(bell => bell.Ring());
            }
        }
    }

    private void Remove(string userId, EventBell bell)
    {
        lock (_gate)
        {
            if (_bells.TryGetValue(userId, out var bells) && bells.Remove(bell) && bells.Count == 0)
            {
                _bells.Remove(userId);
            }
        }
    }
}
