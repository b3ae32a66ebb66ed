namespace Gatehouse.Local.Clerk.Sessions;

/// <summary>The sessions, found by id and by user.</summary>
internal sealed class SessionStore
{
    private readonly Dictionary<string, Session> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Session>> _byUser = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Session> All => _byId.Values;

    public Session? Find(string id) => _byId.GetValueOrDefault(id);

    public IReadOnlyList<Session> OfUser(string userId) => _byUser.GetValueOrDefault(userId) ?? [];

    public void Add(Session session)
    {
        _byId.Add(session.Id, session);
        if (!_byUser.TryGetValue(session.UserId, out var held))
        {
            _byUser[session.UserId] = held = [];
        }

        held.Add(session);
    }

    public void RemoveOfUser(string userId)
    {
        foreach (var session in OfUser(userId))
        {
            _byId.Remove(session.Id);
        }

        _byUser.Remove(userId);
    }
}
