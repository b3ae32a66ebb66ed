using System.Text;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Data.Generation;
using Gatehouse.Local.Clerk.Data.Seeding;

namespace Gatehouse.Local.Tests.Data;

/// <summary>Seed files that are not on disk.</summary>
internal static class SeedText
{
    public static ClerkData Read(string text, int generated = 0) => Read(Encoding.UTF8.GetBytes(text), generated);

    public static ClerkData Read(byte[] bytes, int generated = 0) =>
        new ClerkBeginning(new SeedFile("seed.json", bytes), generated == 0 ? GeneratedUsers.None : new GeneratedUsers(generated, 1)).Make();

    /// <summary>The lines of the refusal after its first, each a fault with its path.</summary>
    public static string[] Faults(string text, int generated = 0)
    {
        var message = Assert.Throws<InvalidOperationException>(() => Read(text, generated)).Message;
        Assert.StartsWith("The seed file seed.json has ", message, StringComparison.Ordinal);
        return [.. message.Split('\n').Skip(1).Select(line => line.Trim())];
    }
}
