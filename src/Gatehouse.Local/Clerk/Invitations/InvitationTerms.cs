using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Invitations;

/// <summary>What the bodies of both kinds of invitation have in common.</summary>
internal sealed record InvitationTerms(string EmailAddress, string? RedirectUrl, int Days)
{
    /// <summary>The most invitations of one bulk request.</summary>
    public const int MostAtOnce = 10;

    private const int MaximumUrlLength = 2048;

    public static InvitationTerms Read(FormReader form)
    {
        var email = form.RequiredText("email_address");
        if (email.Length > 0 && !Users.IdentifierCheck.IsEmailAddress(email))
        {
            form.Refuse(ParameterErrors.FormatInvalid("email_address", "a valid email address"));
        }

        var redirect = form.Text("redirect_url", MaximumUrlLength);
        if (redirect is not null && !Uri.TryCreate(redirect, UriKind.Absolute, out _))
        {
            form.Refuse(ParameterErrors.FormatInvalid("redirect_url", "a valid url"));
        }

        form.Flag("notify");   // no mail leaves the local Clerk
        return new InvitationTerms(email, redirect, form.Integer("expires_in_days", 1, EmailInvitation.MostDays) ?? EmailInvitation.DefaultDays);
    }

    public static ClerkError TooManyAtOnce { get; } = new(
        400, "bulk_size_exceeded", "bulk size exceeded", $"Parameters exceed the maximum allowed bulk processing size of {MostAtOnce}.");

    /// <summary>Too many invitations at once, or a fault in any of them.</summary>
    public static ClerkAnswer? FaultsOf(IReadOnlyList<FormReader> forms) => forms.Count > MostAtOnce
        ? TooManyAtOnce
        : forms.Select(form => form.Faults()).FirstOrDefault(faults => faults is not null);
}
