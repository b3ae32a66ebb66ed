using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>The members that creating and updating a user have in common: read once, then applied.</summary>
internal sealed class UserForm
{
    private readonly List<Action<User>> _changes = [];

    public required PasswordForm Password { get; init; }

    /// <summary>Reads what is given. An absent member leaves its field as it is, null clears it.</summary>
    public static UserForm Read(FormReader form, IdentifierCheck identifiers)
    {
        var read = new UserForm { Password = PasswordForm.Read(form) };
        read.ReadTexts(form, identifiers);
        read.ReadSettings(form);
        read.ReadSecondFactors(form);
        return read;
    }

    public void Apply(User user, long now)
    {
        SecondFactors.Change(user, now, changed => _changes.ForEach(change => change(changed)));
        Password.Apply(user, now);
        user.UpdatedAt = now;
    }

    /// <summary>A metadata field; a value that is too large is a fault.</summary>
    public static JsonObject? ReadMetadata(FormReader form, string name)
    {
        var metadata = form.Object(name);
        if (metadata is not null && Metadata.IsTooLarge(metadata))
        {
            form.Refuse(ParameterErrors.TooLong(name, Metadata.MaximumLength));
        }

        return metadata;
    }

    private void ReadTexts(FormReader form, IdentifierCheck identifiers)
    {
        Add(form, "first_name", form.Text("first_name"), (user, value) => user.FirstName = value);
        Add(form, "last_name", form.Text("last_name"), (user, value) => user.LastName = value);
        Add(form, "locale", form.Text("locale"), (user, value) => user.Locale = value);

        var username = form.Text("username");
        identifiers.Username(username);
        Add(form, "username", username, (user, value) => user.Username = string.IsNullOrEmpty(value) ? null : value);

        var externalId = form.Text("external_id");
        identifiers.ExternalId(externalId);
        Add(form, "external_id", externalId, (user, value) => user.ExternalId = string.IsNullOrEmpty(value) ? null : value);
    }

    private void ReadSettings(FormReader form)
    {
        AddGiven(form.Flag("delete_self_enabled"), (user, value) => user.DeleteSelfEnabled = value);
        AddGiven(form.Flag("create_organization_enabled"), (user, value) => user.CreateOrganizationEnabled = value);
        AddGiven(form.Flag("bypass_client_trust"), (user, value) => user.BypassClientTrust = value);
        AddGiven(form.Time("created_at"), (user, value) => user.CreatedAt = value);
        Add(form, "create_organizations_limit", form.Integer("create_organizations_limit", 0, 10_000),
            (user, value) => user.CreateOrganizationsLimit = value);
        Add(form, "legal_accepted_at", form.Time("legal_accepted_at"), (user, value) => user.LegalAcceptedAt = value);
        form.Accept("skip_legal_checks");   // this instance asks nobody for consent
    }

    private void ReadSecondFactors(FormReader form)
    {
        var secret = form.Text("totp_secret");
        if (secret is not null && !Totp.IsSecret(secret))
        {
            form.Refuse(TotpErrors.SecretInvalid);
        }

        Add(form, "totp_secret", secret, (user, value) => user.TotpSecret = value);
        var codes = form.Texts("backup_codes");
        Add(form, "backup_codes", codes, (user, value) =>
        {
            user.BackupCodes.Clear();
            user.BackupCodes.AddRange(value ?? []);
        });
    }

    private void Add<T>(FormReader form, string name, T value, Action<User, T> apply)
    {
        if (form.Has(name))
        {
            _changes.Add(user => apply(user, value));
        }
    }

    private void AddGiven<T>(T? value, Action<User, T> apply)
        where T : struct
    {
        if (value is { } given)
        {
            _changes.Add(user => apply(user, given));
        }
    }
}
