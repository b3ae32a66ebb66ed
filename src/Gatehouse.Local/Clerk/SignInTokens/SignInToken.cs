namespace Gatehouse.Local.Clerk.SignInTokens;

/// <summary>A sign-in token, with the organization to make active, if any.</summary>
internal sealed class SignInToken : SignInTicket
{
    public const int DefaultSeconds = 30 * 24 * 3600;

    public override string Type => "sign_in_token";

    public override string Name => "sign-in token";

    public string? OrganizationId { get; init; }
}
