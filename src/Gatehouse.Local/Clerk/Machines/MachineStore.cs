namespace Gatehouse.Local.Clerk.Machines;

/// <summary>The instance's machines, found by id and by secret.</summary>
internal sealed class MachineStore
{
    private readonly Dictionary<string, Machine> _byId = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Machine> All => _byId.Values;

    public Machine? Find(string id) => _byId.GetValueOrDefault(id);

    public Machine? FindBySecret(string secret, long now) => _byId.Values.FirstOrDefault(machine =>
        machine.Secret == secret || machine.PreviousSecrets.Exists(previous => previous.Secret == secret && now < previous.EndsAt));

    public void Add(Machine machine) => _byId.Add(machine.Id, machine);

    public void Remove(Machine machine)
    {
        _byId.Remove(machine.Id);
        foreach (var other in _byId.Values)
        {
            other.Scopes.Remove(machine.Id);
        }
    }
}
