using System.Text.Json;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>What has happened and is to be told: each state change raises its events here, inside the gate that the change was made in.</summary>
internal sealed class EventOutbox
{
    /// <summary>Takes what is raised, at once and in that order. Null where nobody is told, such as while data are being made.</summary>
    public Action<RaisedEvent>? Listener { get; set; }

    /// <summary>Tells of a change.</summary>
    /// <param name="type">Clerk's name of the event, such as <c>user.created</c>.</param>
    /// <param name="data">Writes the event's <c>data</c>: the resource as it is now. Called at once, since the resource goes on changing.</param>
    public void Raise(string type, Action<Utf8JsonWriter> data) =>
        Listener?.Invoke(new RaisedEvent(type, AnswerWriter.Render(data)));
}
