using System.Collections;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Data.Storage;
using Gatehouse.Local.Clerk.M2M;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Data;

public sealed class ClerkDataJsonTests
{
    public static TheoryData<string> Names => [.. DataSections.All.Select(section => section.Name)];

    [Fact]
    public void Every_property_of_the_data_has_a_section()
    {
        var sections = DataSections.All.Select(section => section.Property).Concat(DataSections.Passing).ToHashSet();

        Assert.All(typeof(ClerkData).GetProperties(), property => Assert.Contains(property.Name, sections));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_property_that_can_be_set_survives(string name)
    {
        var type = DataSections.All.Single(section => section.Name == name).Type;
        var original = new Filled().Of(type);

        var copy = JsonSerializer.Deserialize(JsonSerializer.Serialize(original, type, EntityJson.Options), type, EntityJson.Options)!;

        AssertSame(original, copy, type.Name);
    }

    [Fact]
    public void What_an_instance_holds_is_the_same_after_a_way_through_JSON()
    {
        var world = new ClerkWorld(new TestClock(), seed: 7);
        var session = SessionCreation.Create(world, LocalClerkDefaults.AdaUserId, LocalClerkDefaults.KryptonOrganizationId).Session!;
        session.Revoke(world.Clock.NowMilliseconds);
        var machine = world.Data.Machines.Find(LocalClerkDefaults.AitherMachineId)!;
        machine.PreviousSecrets.Add(("ak_before", 5));
        world.Data.M2MTokens.Add(M2MTokenMint.Describe(world, machine, new JsonObject { ["a"] = 1 }, 60), "mt_text");
        world.Data.SessionClaims = new JsonObject { ["role"] = "{{user.public_metadata.role}}" };
        world.Data.Keys.Rotate("ins_other", keepPrevious: true);
        var written = ClerkDataJson.Write(world.Data);

        var read = ClerkDataJson.Read(written);

        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(ClerkDataJson.Write(read)));
        Assert.Equal(SessionStatus.Revoked, read.Sessions.Find(session.Id)!.Status);
        Assert.Equal(machine.Id, read.M2MTokens.FindByText("mt_text")!.Subject);
        Assert.Equal(machine.Id, read.Machines.FindBySecret("ak_before", now: 4)!.Id);
        Assert.Equal(world.Data.Keys.Current.PublicPem, read.Keys.Current.PublicPem);
        Assert.Equal(world.Data.Keys.All.Select(key => key.Id), read.Keys.All.Select(key => key.Id));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData("[]", "not an object")]
    [InlineData("{}", "keys: missing")]
    [InlineData("""{"shoes":[]}""", "shoes: a part that this version does not know")]
    [InlineData("""{"keys":[]}""", "keys: ")]
    [InlineData("""{"keys":[{"id":"ins_x","pem":"no pem"}]}""", "keys: ")]
    [InlineData("""{"keys":[{"id":"ins_x","pem":null}],"session_claims":{},"generated_users":{"count":0,"seed":0,"gone":[]},"users":[{}]}""", "users: ")]
    [InlineData("""{"keys":[{"id":"ins_x","pem":null}],"session_claims":{},"generated_users":{"count":0,"seed":0,"gone":[]},"users":7}""", "users: ")]
    [InlineData("""{"keys":[{"id":"ins_x","pem":null}],"session_claims":{},"generated_users":{"count":0,"seed":0,"gone":[]},"users":[null]}""", "users: ")]
    [InlineData("""{"keys":[{"id":"ins_x","pem":null}],"session_claims":{},"generated_users":{"count":2,"seed":0,"gone":[{"item1":1,"item2":2}]}}""", "generated_users: ")]
    public void Other_JSON_is_refused_with_its_place(string stored, string expected)
    {
        var fault = Assert.Throws<InvalidDataException>(() => ClerkDataJson.Read(Encoding.UTF8.GetBytes(stored)));

        Assert.StartsWith(expected, fault.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(object? original, object? copy, string path)
    {
        if (original is null || copy is null || original is string or JsonNode || original.GetType().IsValueType)
        {
            Assert.True(JsonSerializer.Serialize(original, EntityJson.Options) == JsonSerializer.Serialize(copy, EntityJson.Options), path);
        }
        else if (original is IEnumerable items)
        {
            var (left, right) = (items.Cast<object>().ToList(), ((IEnumerable)copy).Cast<object>().ToList());
            Assert.True(left.Count == right.Count, path);
            for (var index = 0; index < left.Count; index++)
            {
                AssertSame(left[index], right[index], $"{path}[{index}]");
            }
        }
        else
        {
            Assert.Equal(original.GetType(), copy.GetType());
            foreach (var property in Filled.Properties(original.GetType()))
            {
                AssertSame(property.GetValue(original), property.GetValue(copy), $"{path}.{property.Name}");
            }
        }
    }
}
