using Gatehouse.Clerk.Internal;

namespace Gatehouse.Clerk.Keys.Internal;

internal static class KeySetSourceOptionsCheck
{
    /// <exception cref="ArgumentException">Something is out of bounds; the message names every fault.</exception>
    public static void Check(KeySetSourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = Faults(options).ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join("; ", faults), nameof(options));
        }
    }

    /// <summary>What is wrong about the settings but the address.</summary>
    public static IEnumerable<string> FaultsOfTheRest(KeySetSourceOptions options)
    {
        if (options.CacheDuration < TimeSpan.FromSeconds(1) || options.CacheDuration > TimeSpan.FromDays(1))
        {
            yield return "CacheDuration must be 1 second to 1 day";
        }

        if (options.Cooldown < TimeSpan.FromSeconds(1) || options.Cooldown > TimeSpan.FromHours(1))
        {
            yield return "Cooldown must be 1 second to 1 hour";
        }

        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromMinutes(1))
        {
            yield return "Timeout must be 100 milliseconds to 1 minute";
        }

        if (options.MaximumBytes is < 1024 or > 16 * 1024 * 1024)
        {
            yield return "MaximumBytes must be 1 KiB to 16 MiB";
        }
    }

    private static IEnumerable<string> Faults(KeySetSourceOptions options)
    {
        if (!Addresses.IsSafe(options.Address))
        {
            yield return $"Address {Addresses.Demand}";
        }

        foreach (var fault in FaultsOfTheRest(options))
        {
            yield return fault;
        }
    }
}
