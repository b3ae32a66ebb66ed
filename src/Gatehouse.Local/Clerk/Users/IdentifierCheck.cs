using System.Text.RegularExpressions;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Whether identifiers are well formed, and free for this user to take.</summary>
internal sealed partial class IdentifierCheck(UserStore users, FormReader form, User? user)
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const int TimeoutMilliseconds = 1000;

    /// <summary>What an identifier that is not well formed should have been; null when it is.</summary>
    public static string? Expected(IdentifierKind kind, string value) => kind switch
    {
        IdentifierKind.EmailAddress when !EmailPattern.IsMatch(value) => "an e-mail address",
        IdentifierKind.PhoneNumber when !PhonePattern.IsMatch(value) => "a phone number in the form of E.164, such as +12015550100",
        IdentifierKind.Web3Wallet when !WalletPattern.IsMatch(value) => "an address of Ethereum or of Solana",
        IdentifierKind.Username when !UsernamePattern.IsMatch(value) => "4 to 64 letters, digits, hyphens or underscores",
        _ => null,
    };

    public static bool IsEmailAddress(string text) => EmailPattern.IsMatch(text);

    public void EmailAddress(string parameter, string value) =>
        Check(parameter, value, IdentifierKind.EmailAddress, EmailPattern, "a valid email address");

    public void PhoneNumber(string parameter, string value) =>
        Check(parameter, value, IdentifierKind.PhoneNumber, PhonePattern, "a valid phone number according to E.164");

    public void Web3Wallet(string parameter, string value) =>
        Check(parameter, value, IdentifierKind.Web3Wallet, WalletPattern, "a valid web3 wallet address");

    public void Username(string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Check("username", value, IdentifierKind.Username, UsernamePattern, "4 to 64 letters, digits, hyphens or underscores");
        }
    }

    public void ExternalId(string? value)
    {
        if (value is not null)
        {
            Check("external_id", value, IdentifierKind.ExternalId, null, "");
        }
    }

    private void Check(string parameter, string value, IdentifierKind kind, Regex? pattern, string expected)
    {
        if (pattern?.IsMatch(value) == false)
        {
            form.Refuse(ParameterErrors.FormatInvalid(parameter, expected));
        }
        else if (users.Find(kind, value) is { } holder && holder != user)
        {
            form.Refuse(ParameterErrors.IdentifierExists(parameter));
        }
    }

    [GeneratedRegex(@"\A[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+\z", Options, TimeoutMilliseconds)]
    private static partial Regex EmailPattern { get; }

    [GeneratedRegex(@"\A\+[1-9][0-9]{6,14}\z", Options, TimeoutMilliseconds)]
    private static partial Regex PhonePattern { get; }

    // Ethereum's and its likes' in hexadecimal, Solana's in base58.
    [GeneratedRegex(@"\A(0x[0-9a-fA-F]{40}|[1-9A-HJ-NP-Za-km-z]{32,44})\z", Options, TimeoutMilliseconds)]
    private static partial Regex WalletPattern { get; }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{4,64}\z", Options, TimeoutMilliseconds)]
    private static partial Regex UsernamePattern { get; }
}
