using System.Text.Json;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>What has happened and is to be told: each state change raises its events here, inside the gate that the change was made in.</summary>
internal sealed class EventOutbox
{
    private readonly List<RaisedEvent> _raised = [];

    /// <summary>Tells of a change.</summary>
    /// <param name="type">Clerk's name of the event, such as <c>user.created</c>.</param>
    /// <param name="data">Writes the event's <c>data</c>: the resource as it is now. Called at once, since the resource goes on changing.</param>
    public void Raise(string type, Action<Utf8JsonWriter> data)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            data(json);
        }

        _raised.Add(new RaisedEvent(type, stream.ToArray()));
    }

    /// <summary>Takes all that was raised since the last time.</summary>
    public IReadOnlyList<RaisedEvent> Drain()
    {
        RaisedEvent[] raised = [.. _raised];
        _raised.Clear();
        return raised;
    }
}
