namespace Gatehouse.Local.Clerk.SignInTokens;

/// <summary>Tickets of one kind, found by id and by their token.</summary>
internal sealed class SignInTicketStore<T>
    where T : SignInTicket
{
    private readonly Dictionary<string, T> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> _byToken = new(StringComparer.Ordinal);

    public IReadOnlyCollection<T> All => _byId.Values;

    public T? Find(string id) => _byId.GetValueOrDefault(id);

    public T? FindByToken(string token) => _byToken.GetValueOrDefault(token);

    public void Add(T ticket)
    {
        _byId.Add(ticket.Id, ticket);
        _byToken.Add(ticket.Token, ticket);
    }
}
