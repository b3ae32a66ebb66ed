using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Users;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>
/// Reads a browser's form and collects every fault. A member that nothing asked for is ignored, as Clerk does: its browser client sends
/// more than any one version of the service reads.
/// </summary>
internal sealed class FrontendForm(IFormCollection fields)
{
    private const int DefaultMaximumLength = 256;

    private readonly FormReader _faults = new([]);

    public bool Has(string name) => fields.ContainsKey(name);

    /// <summary>The value of a member; null when it is absent or empty, which is how a form tells null.</summary>
    public string? Text(string name, int maximumLength = DefaultMaximumLength)
    {
        if (!fields.TryGetValue(name, out var values) || values is not [.., { Length: > 0 } text])
        {
            return null;
        }

        if (text.Length > maximumLength)
        {
            _faults.Refuse(ParameterErrors.TooLong(name, maximumLength));
            return null;
        }

        return text;
    }

    /// <summary>A text that must be there. When it is not, the fault is noted and the empty string returned.</summary>
    public string RequiredText(string name, int maximumLength = DefaultMaximumLength)
    {
        if (fields.TryGetValue(name, out var values) && values is [.., { Length: > 0 }])
        {
            return Text(name, maximumLength) ?? "";
        }

        _faults.Refuse(Has(name) ? ParameterErrors.Nil(name) : ParameterErrors.Missing(name));
        return "";
    }

    public bool Flag(string name) => Text(name) is "true" or "1";

    /// <summary>Metadata, which forms carry as JSON in one value. A value that is too large is a fault.</summary>
    public JsonObject? Metadata(string name)
    {
        if (Text(name, int.MaxValue) is not { } text)
        {
            return null;
        }

        var (metadata, malformed) = BodyReader.Parse(Encoding.UTF8.GetBytes(text));
        if (malformed is not null)
        {
            _faults.Refuse(ParameterErrors.TypeInvalid(name, "an object"));
        }
        else if (Data.Metadata.IsTooLarge(metadata))
        {
            _faults.Refuse(ParameterErrors.TooLong(name, Data.Metadata.MaximumLength));
        }

        return metadata;
    }

    /// <summary>The values of a member that may be given several times; empty when it was not.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var given = fields[name].OfType<string>().Where(text => text.Length > 0).ToList();
        if (given.Exists(text => text.Length > DefaultMaximumLength))
        {
            _faults.Refuse(ParameterErrors.TooLong(name, DefaultMaximumLength));
        }

        return given;
    }

    /// <summary>Some members as the Backend API's forms read them: what such a form reads is checked there.</summary>
    public FormReader Reader(params ReadOnlySpan<string> names)
    {
        var body = new JsonObject();
        foreach (var name in names)
        {
            if (fields[name] is [.., { Length: > 0 } text])
            {
                body[name] = text;
            }
        }

        return new FormReader(body);
    }

    /// <summary>Checks identifiers that are to become a user's, and notes what is wrong with them.</summary>
    public IdentifierCheck Identifiers(ClerkData data, User? user) => new(data.Users, _faults, user);

    /// <summary>A new password within the bounds.</summary>
    public string? Password(string name)
    {
        var password = Text(name, int.MaxValue);
        if (password is not null && password.Length > PasswordDigest.MaximumLength)
        {
            _faults.Refuse(PasswordErrors.TooLong with { ParameterName = name });
        }
        else if (password is not null && password.Length < PasswordDigest.MinimumLength)
        {
            _faults.Refuse(PasswordErrors.TooShort with { ParameterName = name });
        }

        return password;
    }

    public void Refuse(ClerkError error) => _faults.Refuse(error);

    /// <summary>The answer to give when anything was wrong; null when all is well.</summary>
    public FrontendAnswer? Faults() => _faults.Faults() is { } refused ? FrontendAnswer.Refused(refused.Errors) : null;
}
