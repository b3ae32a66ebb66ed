using System.Buffers.Binary;
using System.Globalization;

namespace Gatehouse.Local.Clerk.Data.Generation;

/// <summary>
/// Users by number, 0 the newest. Everything about one follows from the seed and its number, and its number from its id, e-mail address,
/// username or external id; so any number of them is listed and found without one being kept. The first thousand of a million are those
/// of a thousand.
/// </summary>
internal sealed class GeneratedUsers(int count, int seed)
{
    public const int Most = 10_000_000;
    public const string EmailSuffix = "+clerk_test@example.com";
    public const string ExternalIdPrefix = "generated-";

    /// <summary>All were made before this time, at which the seeded people begin: 2026-01-01.</summary>
    public const long End = 1_767_225_600_000;

    // The newest were made in about an hour each, so that a few already span weeks; the rest in half a minute, so that ten million still
    // end after the first second that a KSUID can tell. Each has a stretch of time of its own: the second of an id names its number.
    private const int Slow = 5000;
    private const long SlowStretch = 3_630_000;
    private const long FastStretch = 30_000;
    private const long SlowEnd = Slow * SlowStretch;

    public static GeneratedUsers None { get; } = new(0, 0);

    public int Count { get; } = count;

    public int Seed { get; } = seed;

    public GeneratedUser this[int number] => new(this, number);

    public long CreatedAt(int number)
    {
        var stretch = number < Slow ? SlowStretch : FastStretch;
        return End - Age(number + 1) + (long)(Chance(number, GeneratedPart.Moment) % (ulong)stretch);
    }

    /// <summary>How many of all numbers come before such a user in a list of the newest first.</summary>
    public int CountBefore(long createdAt, string id)
    {
        var number = NumberAt(createdAt);
        if (number is not { } own)
        {
            return createdAt >= End ? 0 : Count;
        }

        return IsNewer(own, createdAt, id) ? own + 1 : own;
    }

    public bool IsNewer(int number, long createdAt, string id) =>
        CreatedAt(number) is var at && (at != createdAt ? at > createdAt : string.CompareOrdinal(this[number].Id, id) > 0);

    /// <summary>The number of the user that has an id.</summary>
    public int? Find(string id) => FindById(id, "user_", number => this[number].Id);

    /// <summary>The number of the user that has an e-mail address of such an id.</summary>
    public int? FindByIdentification(string id) => FindById(id, "idn_", number => this[number].EmailAddressId);

    public int? FindByEmailAddress(string address) =>
        address.EndsWith(EmailSuffix, StringComparison.OrdinalIgnoreCase)
        && ReadNumber(address.AsSpan(0, address.Length - EmailSuffix.Length), '.') is { } number
        && string.Equals(this[number].EmailAddress, address, StringComparison.OrdinalIgnoreCase)
            ? number
            : null;

    public int? FindByUsername(string username) =>
        ReadNumber(username, '_') is { } number && string.Equals(this[number].Username, username, StringComparison.OrdinalIgnoreCase)
            ? number
            : null;

    public int? FindByExternalId(string externalId) =>
        ReadNumber(externalId, '-') is { } number && this[number].ExternalId == externalId ? number : null;

    public string Id(string prefix, int number, GeneratedPart part)
    {
        Span<byte> bytes = stackalloc byte[Ksuid.Bytes];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)((CreatedAt(number) / 1000) - Ksuid.EpochSeconds));
        var chance = Chance(number, part);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[4..], chance);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[12..], Mix(chance));
        Span<char> text = stackalloc char[Ksuid.Length];
        Ksuid.Encode(bytes, text);
        return string.Concat(prefix, text);
    }

    public ulong Chance(int number, GeneratedPart part) => Mix(Mix(((ulong)(uint)Seed << 32) | (uint)number) + (ulong)part);

    private int? FindById(string id, string prefix, Func<int, string> idOf)
    {
        if (Count == 0
            || !id.StartsWith(prefix, StringComparison.Ordinal)
            || Ksuid.DecodeSeconds(id.AsSpan(prefix.Length)) is not { } seconds)
        {
            return null;
        }

        // Stretches begin and end with whole seconds: the first moment of a second is in the same one as the others.
        return NumberAt((seconds + Ksuid.EpochSeconds) * 1000) is { } number && idOf(number) == id ? number : null;
    }

    /// <summary>The number whose stretch a time is in.</summary>
    private int? NumberAt(long time)
    {
        var age = End - time - 1;   // a stretch holds its first moment and not its last
        if (age < 0)
        {
            return null;
        }

        var number = age < SlowEnd ? age / SlowStretch : Slow + ((age - SlowEnd) / FastStretch);
        return number < Count ? (int)number : null;
    }

    private static long Age(int numbers) => numbers <= Slow ? numbers * SlowStretch : SlowEnd + ((numbers - Slow) * FastStretch);

    private int? ReadNumber(ReadOnlySpan<char> text, char before)
    {
        var digits = text[(text.LastIndexOf(before) + 1)..];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Count ? number : null;
    }

    // The finalizer of splitmix64 (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
