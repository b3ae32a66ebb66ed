using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.JwtTemplates;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.Data.Seeding;

/// <summary>The JWT templates and the session claims of a seed file.</summary>
internal sealed partial class SeedClaims(SeedReading reading)
{
    public void ReadTemplate(SeedObject item)
    {
        if (!item.Has("name"))
        {
            item.Refuse("name", "is missing");
        }

        var name = item.Text("name", Name, "letters, digits, hyphens and underscores");
        if (!item.Has("claims"))
        {
            item.Refuse("claims", "is missing");
        }

        var createdAt = item.Time("created_at") ?? SeedReading.Begin;
        var template = new JwtTemplate
        {
            Id = reading.Ids.Optional(item, "jtmp_", name ?? item.Path),
            Name = name ?? "",
            Claims = Claims(item, "claims", ReservedClaims.FindInTemplate),
            CreatedAt = createdAt,
            UpdatedAt = item.Time("updated_at") ?? createdAt,
        };
        template.Lifetime = item.Integer("lifetime", TokenLifetime.Minimum, TokenLifetime.Maximum) ?? template.Lifetime;
        template.AllowedClockSkew = item.Integer("allowed_clock_skew", 0, TokenLifetime.MaximumClockSkew) ?? template.AllowedClockSkew;
        item.Finish();
        if (name is null)
        {
            return;
        }

        if (reading.Data.Templates.FindByName(name) is not null)
        {
            item.Refuse("name", $"is '{name}', which another template has already");
        }
        else
        {
            reading.Data.Templates.Add(template);
        }
    }

    public void ReadSessionClaims(SeedObject file)
    {
        if (file.Has("session_claims"))
        {
            reading.Data.SessionClaims = Claims(file, "session_claims", ReservedClaims.FindInSessionClaims);
        }
    }

    private static JsonObject Claims(SeedObject item, string name, Func<JsonObject, ClerkError?> findReserved)
    {
        var claims = item.Free(name) ?? [];
        if (findReserved(claims) is { } reserved)
        {
            item.Refuse(name, reserved.LongMessage);
        }

        return claims;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }
}
