using System.Text.Json;
using System.Text.Unicode;

namespace Gatehouse.Local.Clerk.Data.Seeding;

/// <summary>A file with what the instance is to begin with, besides the seeded people or in their place. Its form is in docs/.</summary>
internal sealed class SeedFile(string path, ReadOnlyMemory<byte> content)
{
    private static readonly JsonDocumentOptions Relaxed = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="InvalidOperationException">There is no such file, or it cannot be read.</exception>
    public static SeedFile Open(string path)
    {
        try
        {
            var content = File.ReadAllBytes(path);
            return new SeedFile(path, content.AsSpan().StartsWith("\uFEFF"u8) ? content.AsMemory(3) : content);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The seed file {path} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Puts what the file says into data that hold nothing, or the generated users only.</summary>
    /// <exception cref="InvalidOperationException">The file is faulty. The message names every fault with its path.</exception>
    public void Fill(ClerkData data)
    {
        using var document = Parse();
        var faults = new SeedFaults();
        var file = new SeedObject(document.RootElement, "", faults);
        if (file.Flag("replace") != true)
        {
            ClerkSeed.Fill(data);
        }

        Read(file, new SeedReading(data, faults, IdsOf(data)));
        file.Finish();
        faults.ThrowIfAny(path);
    }

    private JsonDocument Parse()
    {
        if (!Utf8.IsValid(content.Span))
        {
            throw new InvalidOperationException($"The seed file {path} is not in UTF-8.");
        }

        try
        {
            return JsonDocument.Parse(content, Relaxed);
        }
        catch (JsonException fault)
        {
            throw new InvalidOperationException($"The seed file {path} is no JSON: {fault.Message}", fault);
        }
    }

    // What others refer to comes first.
    private static void Read(SeedObject file, SeedReading reading)
    {
        var (users, organizations) = (new SeedUsers(reading), new SeedOrganizations(reading));
        var (machines, claims) = (new SeedMachines(reading), new SeedClaims(reading));
        Each(file, "users", users.Read);
        Each(file, "roles", new SeedRoles(reading).Read);
        Each(file, "organizations", organizations.Read);
        Each(file, "memberships", organizations.ReadMembership);
        Each(file, "machines", machines.Read);
        machines.Finish();
        Each(file, "jwt_templates", claims.ReadTemplate);
        claims.ReadSessionClaims(file);
    }

    private static void Each(SeedObject file, string name, Action<SeedObject> read)
    {
        foreach (var item in file.Objects(name))
        {
            read(item);
        }
    }

    private static IEnumerable<string> IdsOf(ClerkData data) =>
    [
        .. data.Users.Stored().Select(user => user.Id),
        .. data.Users.Stored().SelectMany(user => user.EmailAddresses).Select(email => email.Id),
        .. data.Organizations.All.Select(organization => organization.Id),
        .. data.Organizations.Memberships.Select(membership => membership.Id),
        .. data.Templates.All.Select(template => template.Id),
        .. data.Machines.All.Select(machine => machine.Id),
    ];
}
