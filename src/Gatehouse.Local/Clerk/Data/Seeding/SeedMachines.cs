using System.Text.RegularExpressions;
using Gatehouse.Local.Clerk.Machines;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.Data.Seeding;

/// <summary>The machines of a seed file. They may be scoped to machines that come after them, so scopes are looked at last.</summary>
internal sealed partial class SeedMachines(SeedReading reading)
{
    private readonly List<(Machine Machine, IReadOnlyList<(string Text, string Path)> Scopes)> _read = [];

    public void Read(SeedObject item)
    {
        var id = reading.Ids.Required(item, "mch_");
        var name = item.RequiredText("name");
        var secret = item.Text("secret_key", Secret, "ak_ and 8 to 128 letters, digits or underscores") ?? SeedIds.Derive("ak_", id);
        var createdAt = item.Time("created_at") ?? SeedReading.Begin;
        var machine = new Machine
        {
            Id = id,
            Name = name,
            Secret = secret,
            CreatedAt = createdAt,
            UpdatedAt = item.Time("updated_at") ?? createdAt,
        };
        machine.DefaultTokenTtl = item.Integer("default_token_ttl", 1, TokenLifetime.Maximum) ?? machine.DefaultTokenTtl;
        _read.Add((machine, item.Texts("scoped_machines")));
        item.Finish();
        if (reading.Data.Machines.FindBySecret(secret, now: 0) is { } holder)
        {
            item.Refuse("secret_key", $"is the secret of {holder.Id} already");
        }
        else if (id.Length > 0)
        {
            reading.Data.Machines.Add(machine);
        }
    }

    public void Finish()
    {
        foreach (var (machine, scopes) in _read)
        {
            foreach (var (receiver, path) in scopes)
            {
                AddScope(machine, receiver, path);
            }
        }
    }

    private void AddScope(Machine machine, string receiver, string path)
    {
        if (reading.Data.Machines.Find(receiver) is null)
        {
            reading.Faults.Add(path, $"is '{receiver}', and no machine has this id");
        }
        else if (receiver == machine.Id || machine.Scopes.Contains(receiver))
        {
            reading.Faults.Add(path, $"is '{receiver}', which is {(receiver == machine.Id ? "the machine itself" : "there twice")}");
        }
        else if (machine.Scopes.Count == Machine.MostScopes)
        {
            reading.Faults.Add(path, $"is one too many: a machine has {Machine.MostScopes} scopes at most");
        }
        else
        {
            machine.Scopes.Add(receiver);
        }
    }

    [GeneratedRegex(@"\Aak_[A-Za-z0-9_]{8,128}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret { get; }
}
