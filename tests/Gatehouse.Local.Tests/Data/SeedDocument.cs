using System.Text.Json.Nodes;

namespace Gatehouse.Local.Tests.Data;

/// <summary>Seed files by chance: good ones, and ones of which it is known what is wrong with them.</summary>
internal sealed class SeedDocument(Random random)
{
    private readonly List<string> _faults = [];
    private readonly JsonObject _file = [];
    private int _made;

    /// <summary>The paths of what was spoiled.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public string Text => _file.ToJsonString();

    public JsonObject File => _file;

    public SeedDocument Fill()
    {
        string[] users = [.. Many(6).Select(_ => $"user_{Next()}")];
        string[] organizations = [.. Many(3).Select(_ => $"org_{Next()}")];
        string[] machines = [.. Many(3).Select(_ => $"mch_{Next()}")];
        string[] roles = [.. Many(2).Select(_ => $"org:role{Next()}")];
        _file["replace"] = random.Next(2) == 0;
        _file["users"] = Array(users, User);
        _file["roles"] = Array(roles, key => new JsonObject { ["key"] = key, ["permissions"] = Array(Many(3), _ => $"org:f{Next()}:read") });
        _file["organizations"] = Array(organizations, id => new JsonObject { ["id"] = id, ["name"] = $"Name {Next()}", ["public_metadata"] = Metadata() });
        _file["memberships"] = Array(
            from organization in organizations
            from user in users
            where random.Next(2) == 0
            select (organization, user),
            pair => new JsonObject
            {
                ["organization_id"] = pair.organization,
                ["user_id"] = pair.user,
                ["role"] = random.GetItems(["org:admin", "org:member", .. roles], 1)[0],
            });
        _file["machines"] = Array(machines, id => new JsonObject
        {
            ["id"] = id,
            ["name"] = id,
            ["scoped_machines"] = Array(machines.Where(other => other != id && random.Next(2) == 0), other => other),
        });
        _file["jwt_templates"] = Array(Many(2), _ => new JsonObject { ["name"] = $"t{Next()}", ["claims"] = Metadata(), ["lifetime"] = random.Next(30, 9000) });
        _file["session_claims"] = Metadata();
        return this;
    }

    /// <summary>Spoils some elements, each in one way.</summary>
    public SeedDocument Spoil()
    {
        foreach (var list in (string[])["users", "organizations", "machines", "jwt_templates"])
        {
            var items = _file[list]!.AsArray();
            for (var index = 0; index < items.Count; index++)
            {
                if (random.Next(3) == 0)
                {
                    SpoilOne(items[index]!.AsObject(), $"{list}[{index}]");
                }
            }
        }

        if (random.Next(4) == 0 || _faults.Count == 0)
        {
            _file[$"extra{Next()}"] = new JsonArray();
            _faults.Add($"extra{_made}");
        }

        return this;
    }

    private void SpoilOne(JsonObject item, string path)
    {
        switch (random.Next(3))
        {
            case 0:
                item[$"extra{Next()}"] = random.Next();
                _faults.Add($"{path}.extra{_made}");
                break;
            case 1:
                item["created_at"] = random.Next(2) == 0 ? "soon" : true;
                _faults.Add($"{path}.created_at");
                break;
            default:
                item["updated_at"] = new JsonObject();
                _faults.Add($"{path}.updated_at");
                break;
        }
    }

    private JsonObject User(string id)
    {
        var user = new JsonObject { ["id"] = id, ["email_addresses"] = Array(Many(3), _ => Email()), ["banned"] = random.Next(2) == 0 };
        foreach (var name in (string[])["first_name", "last_name", "external_id", "locale"])
        {
            if (random.Next(2) == 0)
            {
                user[name] = $"Ünï {Next()} \"\\";
            }
        }

        user["private_metadata"] = Metadata();
        user["created_at"] = random.NextInt64(2_000_000_000_000);
        return user;
    }

    private JsonNode Email() => random.Next(2) == 0
        ? $"e{Next()}@x.example"
        : new JsonObject { ["email_address"] = $"e{Next()}@x.example", ["verified"] = random.Next(2) == 0 };

    private JsonObject Metadata() =>
        new() { [$"k{Next()}"] = random.Next(3) switch { 0 => null, 1 => new JsonArray(1, "two", new JsonObject { ["three"] = true }), _ => $"v\u2028{_made}" } };

    private IEnumerable<int> Many(int most) => Enumerable.Range(0, random.Next(most + 1));

    private int Next() => ++_made;

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> make) => [.. items.Select(make)];
}
