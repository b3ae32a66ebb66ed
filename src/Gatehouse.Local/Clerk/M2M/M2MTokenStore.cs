namespace Gatehouse.Local.Clerk.M2M;

/// <summary>The opaque machine tokens, found by id and by their text.</summary>
internal sealed class M2MTokenStore
{
    private readonly Dictionary<string, M2MToken> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, M2MToken> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _textById = new(StringComparer.Ordinal);

    public IReadOnlyCollection<M2MToken> All => _byId.Values;

    public M2MToken? Find(string id) => _byId.GetValueOrDefault(id);

    public M2MToken? FindByText(string text) => _byText.GetValueOrDefault(text);

    public string TextOf(M2MToken token) => _textById[token.Id];

    public IEnumerable<M2MToken> Of(string machineId) => _byId.Values.Where(token => token.Subject == machineId);

    public void Add(M2MToken token, string text)
    {
        _byId.Add(token.Id, token);
        _byText.Add(text, token);
        _textById.Add(token.Id, text);
    }

    public void RemoveOf(string machineId)
    {
        foreach (var token in Of(machineId).ToList())
        {
            _byText.Remove(_textById[token.Id]);
            _textById.Remove(token.Id);
            _byId.Remove(token.Id);
        }
    }
}
