namespace Gatehouse.Local.Clerk.Clients;

/// <summary>The browsers, found by id, by cookie and by development token.</summary>
/// <remarks>Anybody can make one by asking, so the oldest are forgotten beyond a number that no development needs.</remarks>
internal sealed class ClientStore
{
    public const int Most = 10_000;

    private readonly Dictionary<string, BrowserClient> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BrowserClient> _bySecret = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BrowserClient> _byDevBrowser = new(StringComparer.Ordinal);
    private readonly Queue<BrowserClient> _oldestFirst = new();

    public IReadOnlyCollection<BrowserClient> All => _oldestFirst;

    public BrowserClient? Find(string id) => _byId.GetValueOrDefault(id);

    public BrowserClient? FindBySecret(string secret) => _bySecret.GetValueOrDefault(secret);

    public BrowserClient? FindByDevBrowser(string devBrowser) => _byDevBrowser.GetValueOrDefault(devBrowser);

    public void Add(BrowserClient client)
    {
        _byId.Add(client.Id, client);
        _bySecret.Add(client.Secret, client);
        _byDevBrowser.Add(client.DevBrowser, client);
        _oldestFirst.Enqueue(client);
        if (_oldestFirst.Count > Most)
        {
            var forgotten = _oldestFirst.Dequeue();
            _byId.Remove(forgotten.Id);
            _bySecret.Remove(forgotten.Secret);
            _byDevBrowser.Remove(forgotten.DevBrowser);
        }
    }
}
