namespace Gatehouse.Local.Clerk.ApiKeys;

/// <summary>The API keys, found by id and by secret.</summary>
internal sealed class ApiKeyStore
{
    private readonly Dictionary<string, ApiKey> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ApiKey> _bySecret = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ApiKey> All => _byId.Values;

    public ApiKey? Find(string id) => _byId.GetValueOrDefault(id);

    public ApiKey? FindBySecret(string secret) => _bySecret.GetValueOrDefault(secret);

    public void Add(ApiKey key)
    {
        _byId.Add(key.Id, key);
        _bySecret.Add(key.Secret, key);
    }

    public void Remove(ApiKey key)
    {
        _byId.Remove(key.Id);
        _bySecret.Remove(key.Secret);
    }
}
