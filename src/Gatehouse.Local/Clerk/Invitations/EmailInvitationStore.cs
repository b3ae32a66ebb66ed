namespace Gatehouse.Local.Clerk.Invitations;

/// <summary>Invitations of one kind, found by id and by ticket.</summary>
internal sealed class EmailInvitationStore<T>
    where T : EmailInvitation
{
    private readonly Dictionary<string, T> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> _byTicket = new(StringComparer.Ordinal);

    public IReadOnlyCollection<T> All => _byId.Values;

    public T? Find(string id) => _byId.GetValueOrDefault(id);

    public T? FindByTicket(string ticket) => _byTicket.GetValueOrDefault(ticket);

    public void Add(T invitation)
    {
        _byId.Add(invitation.Id, invitation);
        _byTicket.Add(invitation.Ticket, invitation);
    }

    public void RemoveWhere(Func<T, bool> condition)
    {
        foreach (var invitation in _byId.Values.Where(condition).ToList())
        {
            _byId.Remove(invitation.Id);
            _byTicket.Remove(invitation.Ticket);
        }
    }
}
