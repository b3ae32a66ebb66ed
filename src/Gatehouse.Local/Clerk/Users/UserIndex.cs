namespace Gatehouse.Local.Clerk.Users;

/// <summary>Finds users that are objects by id, by what is theirs alone, and by the ids of their identifications.</summary>
internal sealed class UserIndex
{
    private readonly Dictionary<string, User> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(IdentifierKind, string), User> _byIdentifier = [];
    private readonly Dictionary<string, User> _byIdentification = new(StringComparer.Ordinal);

    public User? Find(string id) => _byId.GetValueOrDefault(id);

    public User? Find(IdentifierKind kind, string value) => _byIdentifier.GetValueOrDefault((kind, Normalize(kind, value)));

    public User? FindByIdentification(string id) => _byIdentification.GetValueOrDefault(id);

    public void Add(User user)
    {
        _byId.Add(user.Id, user);
        AddIdentifiers(user);
    }

    public void Remove(User user)
    {
        _byId.Remove(user.Id);
        RemoveIdentifiers(user);
    }

    public void AddIdentifiers(User user)
    {
        foreach (var (kind, value) in Identifiers(user))
        {
            _byIdentifier[(kind, Normalize(kind, value))] = user;
        }

        foreach (var id in Identifications(user))
        {
            _byIdentification[id] = user;
        }
    }

    public void RemoveIdentifiers(User user)
    {
        foreach (var (kind, value) in Identifiers(user))
        {
            _byIdentifier.Remove((kind, Normalize(kind, value)));
        }

        foreach (var id in Identifications(user))
        {
            _byIdentification.Remove(id);
        }
    }

    private static IEnumerable<string> Identifications(User user) =>
        user.EmailAddresses.Select(email => email.Id)
            .Concat(user.PhoneNumbers.Select(phone => phone.Id))
            .Concat(user.Web3Wallets.Select(wallet => wallet.Id));

    private static IEnumerable<(IdentifierKind Kind, string Value)> Identifiers(User user)
    {
        foreach (var email in user.EmailAddresses)
        {
            yield return (IdentifierKind.EmailAddress, email.Address);
        }

        foreach (var phone in user.PhoneNumbers)
        {
            yield return (IdentifierKind.PhoneNumber, phone.Number);
        }

        foreach (var wallet in user.Web3Wallets)
        {
            yield return (IdentifierKind.Web3Wallet, wallet.Address);
        }

        if (user.Username is not null)
        {
            yield return (IdentifierKind.Username, user.Username);
        }

        if (user.ExternalId is not null)
        {
            yield return (IdentifierKind.ExternalId, user.ExternalId);
        }
    }

    // External ids are the caller's own and kept to the letter, as are addresses in base58; the others are the same in either case.
    private static string Normalize(IdentifierKind kind, string value) => kind switch
    {
        IdentifierKind.ExternalId => value,
        IdentifierKind.Web3Wallet when !value.StartsWith("0x", StringComparison.OrdinalIgnoreCase) => value,
        _ => value.ToLowerInvariant(),
    };
}
