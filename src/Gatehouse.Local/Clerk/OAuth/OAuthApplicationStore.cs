namespace Gatehouse.Local.Clerk.OAuth;

/// <summary>The OAuth applications, found by id and by client id.</summary>
internal sealed class OAuthApplicationStore
{
    private readonly Dictionary<string, OAuthApplication> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OAuthApplication> _byClientId = new(StringComparer.Ordinal);

    public IReadOnlyCollection<OAuthApplication> All => _byId.Values;

    public OAuthApplication? Find(string id) => _byId.GetValueOrDefault(id);

    public OAuthApplication? FindByClientId(string clientId) => _byClientId.GetValueOrDefault(clientId);

    public void Add(OAuthApplication application)
    {
        _byId.Add(application.Id, application);
        _byClientId.Add(application.ClientId, application);
    }

    public void Remove(OAuthApplication application)
    {
        _byId.Remove(application.Id);
        _byClientId.Remove(application.ClientId);
    }
}
