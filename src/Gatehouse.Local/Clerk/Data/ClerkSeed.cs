using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.JwtTemplates;
using Gatehouse.Local.Clerk.Machines;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Data;

/// <summary>The people, organizations, machines and the template that every local Clerk starts with.</summary>
internal static class ClerkSeed
{
    private const long Begin = 1_767_225_600_000;   // 2026-01-01T00:00:00Z
    private const long Day = 24 * 3600 * 1000L;
    private const int IdLength = 27;

    public static ClerkData Fill(ClerkData data)
    {
        AddPeople(data);
        AddOrganizations(data);
        AddMachines(data);
        data.Templates.Add(HemeraTemplate());
        return data;
    }

    private static void AddPeople(ClerkData data)
    {
        Add(LocalClerkDefaults.AdaUserId, "Ada", "Lovelace", "ada+clerk_test@example.com", 0, new JsonObject { ["role"] = "admin" });
        Add(LocalClerkDefaults.GraceUserId, "Grace", "Hopper", "grace+clerk_test@example.com", 1, new JsonObject { ["role"] = "user" });
        Add(LocalClerkDefaults.LinUserId, "Lin", "Chen", "lin+clerk_test@example.com", 2, new JsonObject { ["role"] = "viewer" });
        Add(LocalClerkDefaults.AitherServiceUserId, "Aither", "Service", "aither-service@hemera-academy.com", 3,
            new JsonObject { ["role"] = "api-client", ["service"] = "aither" });

        void Add(string id, string firstName, string lastName, string email, int day, JsonObject metadata)
        {
            var at = Begin + (day * Day);
            var address = new EmailAddress { Id = Id("idn_", firstName), Address = email, CreatedAt = at, UpdatedAt = at };
            data.Users.Add(new User
            {
                Id = id,
                FirstName = firstName,
                LastName = lastName,
                EmailAddresses = [address],
                PrimaryEmailAddressId = address.Id,
                PublicMetadata = metadata,
                Password = PasswordDigest.Of(id, LocalClerkDefaults.Password, at),
                CreatedAt = at,
                UpdatedAt = at,
            });
        }
    }

    private static void AddOrganizations(ClerkData data)
    {
        AddOrganization(LocalClerkDefaults.OperatorsOrganizationId, "Operators", "operators", 0);
        AddOrganization(LocalClerkDefaults.KryptonOrganizationId, "Krypton", "krypton", 1);
        AddMembership("OperatorsAda", LocalClerkDefaults.OperatorsOrganizationId, LocalClerkDefaults.AdaUserId, OrganizationRole.Admin, 0);
        AddMembership("KryptonAda", LocalClerkDefaults.KryptonOrganizationId, LocalClerkDefaults.AdaUserId, OrganizationRole.Admin, 1);
        AddMembership("KryptonGrace", LocalClerkDefaults.KryptonOrganizationId, LocalClerkDefaults.GraceUserId, OrganizationRole.Member, 2);

        void AddOrganization(string id, string name, string slug, int day)
        {
            var at = Begin + (day * Day);
            data.Organizations.Add(new Organization
            {
                Id = id,
                Name = name,
                Slug = slug,
                CreatedBy = LocalClerkDefaults.AdaUserId,
                CreatedAt = at,
                UpdatedAt = at,
            });
        }

        void AddMembership(string name, string organizationId, string userId, OrganizationRole role, int day)
        {
            var at = Begin + (day * Day);
            data.Organizations.Add(new Membership
            {
                Id = Id("orgmem_", name),
                OrganizationId = organizationId,
                UserId = userId,
                Role = role,
                CreatedAt = at,
                UpdatedAt = at,
            });
        }
    }

    private static void AddMachines(ClerkData data)
    {
        Add(LocalClerkDefaults.AitherMachineId, "aither", LocalClerkDefaults.AitherMachineSecret, 0, LocalClerkDefaults.HemeraMachineId);
        Add(LocalClerkDefaults.HemeraMachineId, "hemera", LocalClerkDefaults.HemeraMachineSecret, 1,
            LocalClerkDefaults.GatehouseMachineId);
        Add(LocalClerkDefaults.DeveloperMachineId, "developer", LocalClerkDefaults.DeveloperMachineSecret, 2,
            LocalClerkDefaults.ShtetlZmanimMachineId);
        Add(LocalClerkDefaults.ShtetlZmanimMachineId, "shtetl-zmanim", LocalClerkDefaults.ShtetlZmanimMachineSecret, 3,
            LocalClerkDefaults.GatehouseMachineId);
        Add(LocalClerkDefaults.GatehouseMachineId, "gatehouse", LocalClerkDefaults.GatehouseMachineSecret, 4);
        Add(LocalClerkDefaults.AnalyzerMachineId, "analyzer", LocalClerkDefaults.AnalyzerMachineSecret, 5, LocalClerkDefaults.GatehouseMachineId);
        Add(LocalClerkDefaults.GoodTalkMachineId, "goodtalk", LocalClerkDefaults.GoodTalkMachineSecret, 6, LocalClerkDefaults.GatehouseMachineId);

        void Add(string id, string name, string secret, int day, params string[] scopes)
        {
            var at = Begin + (day * Day);
            data.Machines.Add(new Machine { Id = id, Name = name, Secret = secret, Scopes = [.. scopes], CreatedAt = at, UpdatedAt = at });
        }
    }

    private static JwtTemplate HemeraTemplate() => new()
    {
        Id = Id("jtmp_", "HemeraApi"),
        Name = LocalClerkDefaults.HemeraTemplate,
        Lifetime = 900,
        CreatedAt = Begin,
        UpdatedAt = Begin,
        Claims = new JsonObject
        {
            ["userId"] = "{{user.id}}",
            ["role"] = "{{user.public_metadata.role}}",
            ["service"] = "{{user.public_metadata.service}}",
        },
    };

    // In the shape of the published ids: 27 characters after the prefix, with the name readable in them.
    private static string Id(string prefix, string name) => $"{prefix}{$"2Local{name}".PadRight(IdLength - 1, '0')}1";
}
