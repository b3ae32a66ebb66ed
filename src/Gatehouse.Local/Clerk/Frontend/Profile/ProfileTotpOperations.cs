using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.SignIns;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Profile;

/// <summary>A user's own authenticator app and backup codes: taking one up, trying it, giving it up, getting fresh codes.</summary>
internal sealed class ProfileTotpOperations(ClerkWorld world)
{
    private const string Path = "/me/totp";
    private const string Issuer = "Local Clerk";
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int SecretLength = 32;
    private const int BackupCodes = 10;
    private const int BackupCodeBytes = 4;

    public void Map(FrontendRoutes routes) => routes
        .Post(Path, call => call.WithFreshUser((_, user) => Create(call, user)))
        .Post($"{Path}/attempt_verification", call => call.WithUser((_, user) => Attempt(call, user)))
        .Delete(Path, call => call.WithFreshUser((_, user) => Disable(user)))
        .Post("/me/backup_codes", call => call.WithFreshUser((_, user) => RenewBackupCodes(user)));

    private FrontendAnswer Create(FrontendCall call, User user)
    {
        if (user.TotpSecret is not null)
        {
            return AlreadyEnabled;
        }

        var enrolment = new TotpEnrolment { UserId = user.Id, Secret = NewSecret(), CreatedAt = world.Clock.NowMilliseconds };
        call.Client!.TotpEnrolment = enrolment;
        return Tell(user, enrolment, verified: false, backupCodes: null);
    }

    private FrontendAnswer Attempt(FrontendCall call, User user)
    {
        var code = call.Form.RequiredText("code");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (call.Client!.TotpEnrolment is not { } enrolment || enrolment.UserId != user.Id)
        {
            return user.TotpSecret is null ? ClerkErrors.NotFound("TOTP of user", user.Id) : AlreadyEnabled;
        }

        if (!Totp.Matches(enrolment.Secret, code, world.Clock.NowSeconds))
        {
            return FrontendErrors.CodeIncorrect;
        }

        call.Client.TotpEnrolment = null;
        var codes = user.BackupCodes.Count == 0 ? NewBackupCodes() : null;
        SecondFactorChange.Apply(world, user, changed =>
        {
            changed.TotpSecret = enrolment.Secret;
            changed.BackupCodes.AddRange(codes ?? []);
        });
        return Tell(user, enrolment, verified: true, codes);
    }

    private FrontendAnswer Disable(User user)
    {
        if (user.TotpSecret is null)
        {
            return ClerkErrors.NotFound("TOTP of user", user.Id);
        }

        SecondFactorChange.Apply(world, user, changed => changed.TotpSecret = null);
        return FrontendAnswer.Ok(json => DeletedJson.Write(json, "totp", IdOf(user)));
    }

    private FrontendAnswer RenewBackupCodes(User user)
    {
        if (!user.HasSecondFactor)
        {
            return BackupCodesNotAvailable;
        }

        var (codes, now) = (NewBackupCodes(), world.Clock.NowMilliseconds);
        SecondFactorChange.Apply(world, user, changed =>
        {
            changed.BackupCodes.Clear();
            changed.BackupCodes.AddRange(codes);
        });
        return FrontendAnswer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "backup_code");
            json.WriteString("id", world.Ids.Next("bkpc_"));
            json.WritePropertyName("codes");
            ListJson.WriteTexts(json, codes);
            json.WriteNumber("created_at", now);
            json.WriteNumber("updated_at", now);
            json.WriteEndObject();
        });
    }

    private FrontendAnswer Tell(User user, TotpEnrolment enrolment, bool verified, IReadOnlyList<string>? backupCodes)
    {
        var now = world.Clock.NowMilliseconds;
        return FrontendAnswer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "totp");
            json.WriteString("id", IdOf(user));
            WriteSecret(json, user, verified ? null : enrolment.Secret);
            json.WriteBoolean("verified", verified);
            if (backupCodes is not null)
            {
                json.WritePropertyName("backup_codes");
                ListJson.WriteTexts(json, backupCodes);
            }

            json.WriteNumber("created_at", enrolment.CreatedAt);
            json.WriteNumber("updated_at", now);
            json.WriteEndObject();
        });
    }

    // Shown until it is known to be in the app, and never again.
    private static void WriteSecret(Utf8JsonWriter json, User user, string? secret)
    {
        var label = Uri.EscapeDataString($"{Issuer}:{SignInIdentifier.Of(user) ?? user.Id}");
        json.WriteString("secret", secret);
        json.WriteString("uri", secret is null
            ? null
            : $"otpauth://totp/{label}?algorithm=SHA1&digits={Totp.Digits}&issuer={Uri.EscapeDataString(Issuer)}&period=30&secret={secret}");
    }

    // A user has one at a time, so that it may be called after its user.
    private static string IdOf(User user) => $"totp_{user.Id[(user.Id.IndexOf('_', StringComparison.Ordinal) + 1)..]}";

    private string NewSecret() => string.Concat(
        Convert.FromHexString(world.Ids.NextHex("", SecretLength)).Select(random => Alphabet[random % Alphabet.Length]));

    private List<string> NewBackupCodes() => [.. Enumerable.Range(0, BackupCodes).Select(_ => world.Ids.NextHex("", BackupCodeBytes))];

    private static ClerkError AlreadyEnabled { get; } = new(
        400, "totp_already_enabled", "TOTP already enabled", "TOTP is already enabled on your account.");

    private static ClerkError BackupCodesNotAvailable { get; } = new(
        400, "backup_codes_not_available", "Backup codes not available",
        "In order to use backup codes, you have to enable any other Multi-factor method.");
}
