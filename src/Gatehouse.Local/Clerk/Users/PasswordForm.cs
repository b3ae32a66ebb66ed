using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Passwords;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>The members of a request that set a password: itself, or its digest by another system.</summary>
internal sealed class PasswordForm
{
    private const int LongestDigest = 4096;

    private readonly string? _password;
    private readonly string? _hasher;
    private readonly string? _digest;

    private PasswordForm(FormReader form)
    {
        _password = form.Text("password", int.MaxValue);
        _hasher = form.Text("password_hasher");
        _digest = form.Text("password_digest", LongestDigest);
    }

    public bool IsGiven => _password is not null || _digest is not null;

    public static PasswordForm Read(FormReader form)
    {
        var read = new PasswordForm(form);
        var skipped = form.Flag("skip_password_checks") == true;
        form.Accept("skip_password_requirement");   // this instance does not require passwords
        read.CheckPassword(form, skipped);
        read.CheckDigest(form);
        return read;
    }

    public void Apply(User user, long now)
    {
        if (IsGiven)
        {
            user.Password = _password is null ? PasswordDigest.Imported(_hasher!, _digest!, now) : PasswordDigest.Of(user.Id, _password, now);
            user.PasswordCompromised = false;
        }
    }

    private void CheckPassword(FormReader form, bool skipped)
    {
        if (_password is null)
        {
            return;
        }

        if (_password.Length > PasswordDigest.MaximumLength)
        {
            form.Refuse(PasswordErrors.TooLong);
        }
        else if (!skipped && _password.Length < PasswordDigest.MinimumLength)
        {
            form.Refuse(PasswordErrors.TooShort);
        }
    }

    private void CheckDigest(FormReader form)
    {
        switch (_hasher, _digest)
        {
            case (null, null):
                break;
            case (PasswordHashers.Cognito, _):
                form.Refuse(PasswordErrors.CognitoUnanswerable);
                break;
            case ({ } hasher, _) when !PasswordHashers.Has(hasher):
                form.Refuse(ParameterErrors.ValueInvalid("password_hasher", $"one of {string.Join(", ", PasswordHashers.Names)}"));
                break;
            case (null, _):
                form.Refuse(ParameterErrors.MissingBeside("password_hasher", "password_digest"));
                break;
            case (_, null):
                form.Refuse(ParameterErrors.MissingBeside("password_digest", "password_hasher"));
                break;
            case var _ when _password is not null:
                form.Refuse(ParameterErrors.DisallowedBeside("password_digest", "password"));
                break;
            case var (hasher, digest):
                form.RefuseIf(PasswordHashers.Read(hasher, digest) switch
                {
                    null => PasswordErrors.DigestInvalid(hasher),
                    { IsAffordable: false } => PasswordErrors.DigestTooDear,
                    _ => null,
                });
                break;
        }
    }
}
