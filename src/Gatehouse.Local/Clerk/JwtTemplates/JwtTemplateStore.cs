namespace Gatehouse.Local.Clerk.JwtTemplates;

/// <summary>The instance's JWT templates, of which each name exists once.</summary>
internal sealed class JwtTemplateStore
{
    private readonly Dictionary<string, JwtTemplate> _byId = new(StringComparer.Ordinal);

    public IReadOnlyCollection<JwtTemplate> All => _byId.Values;

    public JwtTemplate? Find(string id) => _byId.GetValueOrDefault(id);

    public JwtTemplate? FindByName(string name) => _byId.Values.FirstOrDefault(template => template.Name == name);

    public void Add(JwtTemplate template) => _byId.Add(template.Id, template);

    public void Remove(JwtTemplate template) => _byId.Remove(template.Id);
}
