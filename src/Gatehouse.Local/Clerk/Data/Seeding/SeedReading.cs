using System.Text.Json.Nodes;

namespace Gatehouse.Local.Clerk.Data.Seeding;

/// <summary>A seed file on its way into the data: what is read so far, the ids that are taken, and the faults.</summary>
internal sealed class SeedReading(ClerkData data, SeedFaults faults, IEnumerable<string> takenIds)
{
    /// <summary>When everything was made that the file gives no time for: 2026-01-01, so that each start gives the same.</summary>
    public const long Begin = 1_767_225_600_000;

    public ClerkData Data { get; } = data;

    public SeedFaults Faults { get; } = faults;

    public SeedIds Ids { get; } = new(takenIds);

    /// <summary>A metadata member, as large as Clerk lets it be.</summary>
    public static JsonObject Metadata(SeedObject item, string name)
    {
        var metadata = item.Free(name) ?? [];
        if (Clerk.Data.Metadata.IsTooLarge(metadata))
        {
            item.Refuse(name, $"is larger than {Clerk.Data.Metadata.MaximumLength} bytes of JSON");
        }

        return metadata;
    }
}
