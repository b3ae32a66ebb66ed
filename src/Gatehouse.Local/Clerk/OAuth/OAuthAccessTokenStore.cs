namespace Gatehouse.Local.Clerk.OAuth;

/// <summary>The access tokens, found by their text.</summary>
internal sealed class OAuthAccessTokenStore
{
    private readonly Dictionary<string, OAuthAccessToken> _byText = new(StringComparer.Ordinal);

    public IReadOnlyCollection<KeyValuePair<string, OAuthAccessToken>> All => _byText;

    public OAuthAccessToken? FindByText(string text) => _byText.GetValueOrDefault(text);

    public void Add(OAuthAccessToken token, string text) => _byText.Add(text, token);

    public void RemoveOf(string clientId)
    {
        foreach (var (text, _) in _byText.Where(held => held.Value.ClientId == clientId).ToList())
        {
            _byText.Remove(text);
        }
    }
}
