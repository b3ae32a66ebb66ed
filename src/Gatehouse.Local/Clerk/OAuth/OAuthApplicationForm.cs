using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.OAuth;

/// <summary>The members that creating and updating an OAuth application have in common. Null leaves a field as it is.</summary>
internal sealed record OAuthApplicationForm(
    string? Name,
    IReadOnlyList<string>? RedirectUris,
    string? Scopes,
    bool? ConsentScreenEnabled,
    bool? PkceRequired,
    bool? Public)
{
    private const int MaximumLength = 1024;

    public static OAuthApplicationForm Read(FormReader form, OAuthApplication? application)
    {
        var name = form.GivenText("name");
        var uris = form.Texts("redirect_uris");
        var callback = form.Text("callback_url", MaximumLength);   // the older way to name one of them
        uris ??= callback is null ? null : [callback];
        CheckUris(form, uris ?? [], callback);
        var scopes = form.Text("scopes", MaximumLength);
        if (scopes is not null && !OAuthScopes.AreKnown(scopes))
        {
            form.Refuse(ParameterErrors.ValueInvalid("scopes", $"some of {OAuthScopes.AllKnown}, separated by spaces"));
        }

        var (consent, pkce, open) = (form.Flag("consent_screen_enabled"), form.Flag("pkce_required"), form.Flag("public"));
        if ((open ?? application?.Public) == true && (pkce ?? application?.PkceRequired) == false)
        {
            form.Refuse(PkceNeeded);
        }

        return new OAuthApplicationForm(name, uris, scopes, consent, pkce, open);
    }

    public void Apply(OAuthApplication application)
    {
        application.Name = Name ?? application.Name;
        application.RedirectUris = RedirectUris ?? application.RedirectUris;
        application.Scopes = Scopes ?? application.Scopes;
        application.ConsentScreenEnabled = ConsentScreenEnabled ?? application.ConsentScreenEnabled;
        application.Public = Public ?? application.Public;
        application.PkceRequired = PkceRequired ?? (application.PkceRequired || application.Public);
    }

    private static ClerkError PkceNeeded { get; } = new(
        422, "form_public_client_requires_pkce", "is invalid", "PKCE is required for OAuth clients without a secret")
    {
        ParameterName = "pkce_required",
    };

    private static void CheckUris(FormReader form, IReadOnlyList<string> uris, string? callback)
    {
        var parameter = callback is null ? "redirect_uris" : "callback_url";
        if (uris.Any(uri => !Uri.TryCreate(uri, UriKind.Absolute, out _)))
        {
            form.Refuse(ParameterErrors.FormatInvalid(parameter, "a valid url"));
        }
        else if (uris.Distinct(StringComparer.Ordinal).Count() != uris.Count)
        {
            form.Refuse(ParameterErrors.Duplicate(parameter));
        }
    }
}
