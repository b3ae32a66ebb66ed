using System.Globalization;
using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Clerk.Verifications;

/// <summary>
/// The codes that are sent to people. In test mode it is always <see cref="CodeVerification.TestCode"/>; otherwise one that only the
/// message's event tells.
/// </summary>
internal static class VerificationCode
{
    private const uint Codes = 1_000_000;

    public static string Next(ClerkWorld world) => world.Data.Settings.TestMode ? CodeVerification.TestCode : Random(world);

    private static string Random(ClerkWorld world) =>
        (uint.Parse(world.Ids.NextHex("", bytes: 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % Codes)
        .ToString("D6", CultureInfo.InvariantCulture);
}
