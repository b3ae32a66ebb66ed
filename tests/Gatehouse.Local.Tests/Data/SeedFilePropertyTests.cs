using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data.Storage;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Data;

/// <summary>What holds for every seed file, tried on many by chance.</summary>
public sealed class SeedFilePropertyTests(ITestOutputHelper output)
{
    [Fact]
    public void Good_file_is_read_whole_and_the_same_each_time()
    {
        var counts = Counts.Of("seed-good");
        var random = counts.Random();
        for (var run = 0; run < counts.Count; run++)
        {
            var document = new SeedDocument(random).Fill();
            var data = SeedText.Read(document.Text);
            var seeded = (bool)document.File["replace"]! ? 0 : 1;

            Assert.Equal(Of("users").Count + (4 * seeded), data.Users.Count);
            Assert.Equal(Of("organizations").Count + (2 * seeded), data.Organizations.All.Count);
            Assert.Equal(Of("memberships").Count + (3 * seeded), data.Organizations.Memberships.Count());
            Assert.Equal(Of("machines").Count + (7 * seeded), data.Machines.All.Count);
            Assert.Equal(Of("jwt_templates").Count + seeded, data.Templates.All.Count);
            Assert.All(Of("users"), user => IsAs(user!.AsObject(), data.Users.Find((string)user["id"]!)!));
            Assert.Equal(ClerkDataJson.Write(data), ClerkDataJson.Write(SeedText.Read(document.Text)));
            Assert.Equal(ClerkDataJson.Write(data), ClerkDataJson.Write(ClerkDataJson.Read(ClerkDataJson.Write(data))));

            JsonArray Of(string list) => document.File[list]!.AsArray();
        }
    }

    [Fact]
    public void Every_fault_of_a_spoiled_file_is_named_and_no_other()
    {
        var counts = Counts.Of("seed-spoiled");
        var random = counts.Random();
        for (var run = 0; run < counts.Count; run++)
        {
            var document = new SeedDocument(random).Fill().Spoil();

            var named = SeedText.Faults(document.Text).Select(fault => fault[..fault.IndexOf(": ", StringComparison.Ordinal)]);

            Assert.Equal(document.Faults.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Damaged_file_is_read_or_refused_and_nothing_else()
    {
        var counts = Counts.Of("seed-damaged");
        var random = counts.Random();
        var (read, refused) = (0, 0);
        for (var run = 0; run < counts.Count; run++)
        {
            var bytes = Damage(Encoding.UTF8.GetBytes(new SeedDocument(random).Fill().Text), random);
            try
            {
                SeedText.Read(bytes);
                read++;
            }
            catch (InvalidOperationException refusal) when (refusal.Message.StartsWith("The seed file seed.json ", StringComparison.Ordinal))
            {
                refused++;
            }
        }

        output.WriteLine($"{read} read, {refused} refused");
        Assert.True(refused > counts.Count / 4);
    }

    private static void IsAs(JsonObject written, Gatehouse.Local.Clerk.Users.User read)
    {
        Assert.Equal((string?)written["first_name"], read.FirstName);
        Assert.Equal((string?)written["external_id"], read.ExternalId);
        Assert.Equal((bool)written["banned"]!, read.Banned);
        Assert.Equal((long)written["created_at"]!, read.CreatedAt);
        Assert.True(JsonNode.DeepEquals(written["private_metadata"], read.PrivateMetadata));
        Assert.Equal(
            written["email_addresses"]!.AsArray().Select(email => email as JsonObject is { } full ? (string?)full["email_address"] : (string?)email),
            read.EmailAddresses.Select(email => email.Address));
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var marks = "\"{}[]:,0tn\\\0\u0080"u8.ToArray();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Length);
            bytes = random.Next(4) switch
            {
                0 => [.. bytes[..at], .. bytes[(at + 1)..]],
                1 => [.. bytes[..at], marks[random.Next(marks.Length)], .. bytes[at..]],
                2 => [.. bytes[..at], marks[random.Next(marks.Length)], .. bytes[(at + 1)..]],
                _ => [.. bytes[..at], .. bytes[random.Next(at + 1)..at], .. bytes[at..], (byte)' '],
            };
        }

        return bytes;
    }
}
