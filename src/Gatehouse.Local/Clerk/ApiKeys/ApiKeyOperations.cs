using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.ApiKeys;

/// <summary>Creating, listing, reading, updating, revoking and deleting API keys.</summary>
/// <remarks>This family tells every fault of a request as 400, whereas most use 422.</remarks>
internal sealed class ApiKeyOperations(ClerkWorld world)
{
    private const int MostPerPage = 100;
    private const int ShortestName = 3;
    private const int SecretBytes = 32;

    public void Map(ClerkRoutes routes) => routes
        .MapUnversioned("POST", "/api_keys", new ClerkOperation(Create))
        .MapUnversioned("GET", "/api_keys", new ClerkOperation(List))
        .MapUnversioned("GET", "/api_keys/{api_key_id}", new ClerkOperation(call => Find(call, key => Tell(key))))
        .MapUnversioned("PATCH", "/api_keys/{api_key_id}", new ClerkOperation(call => Find(call, key => Update(call, key))))
        .MapUnversioned("DELETE", "/api_keys/{api_key_id}", new ClerkOperation(call => Find(call, Delete)))
        .MapUnversioned("GET", "/api_keys/{api_key_id}/secret", new ClerkOperation(call => Find(call, TellSecret)))
        .MapUnversioned("POST", "/api_keys/{api_key_id}/revoke", new ClerkOperation(call => Find(call, key => Revoke(call, key))));

    private ApiKeyStore Keys => world.Data.ApiKeys;

    private ClerkAnswer Create(ClerkCall call)
    {
        var name = call.Form.RequiredText("name");
        if (name.Length > 0 && (name.Length < ShortestName || name.Trim() != name))
        {
            call.Form.Refuse(name.Length < ShortestName
                ? ParameterErrors.TooShort("name", ShortestName)
                : ParameterErrors.FormatInvalid("name", "a text without space at its ends"));
        }

        var type = call.Form.OneOf("type", ApiKey.DefaultType) ?? ApiKey.DefaultType;
        call.Form.Require("subject");
        var form = ApiKeyForm.Read(call.Form);
        var creator = call.Form.Text("created_by");
        if (creator is not null && !ApiKeyForm.IsUserId(creator))
        {
            call.Form.Refuse(ParameterErrors.FormatInvalid("created_by", "the id of a user"));
        }

        if (call.Form.Faults() is { } faults)
        {
            return faults.With(status: 400);
        }

        var now = world.Clock.NowMilliseconds;
        var key = new ApiKey
        {
            Id = world.Ids.NextHex("ak_"),
            Type = type,
            Name = name,
            Description = form.Description,
            Subject = form.Subject!,
            Claims = form.Claims,
            Scopes = form.Scopes ?? [],
            Secret = world.Ids.NextHex("ak_", SecretBytes),
            CreatedBy = creator,
            ExpiresAt = ApiKeyForm.ExpiryOf(form.Seconds, now),
            CreatedAt = now,
            UpdatedAt = now,
        };
        Keys.Add(key);
        return Tell(key, withSecret: true);
    }

    private ClerkAnswer List(ClerkCall call)
    {
        var subject = call.Query.Text("subject");
        if (string.IsNullOrEmpty(subject))
        {
            call.Query.Refuse(ParameterErrors.Missing("subject"));
        }

        var (type, search) = (call.Query.Text("type"), call.Query.Text("query"));
        var withInvalid = call.Query.Flag("include_invalid") == true;
        var page = call.Query.Page(MostPerPage);
        if (call.Query.Faults() is { } faults)
        {
            return faults.With(status: 400);
        }

        var now = world.Clock.NowMilliseconds;
        var found = new Ordering("created_at", Descending: true)
            .Of(Keys.All.Where(key => key.Subject == subject), key => key.CreatedAt, key => key.Id)
            .Where(key => withInvalid || key.IsUsable(now))
            .Where(key => string.IsNullOrEmpty(type) || key.Type == type)
            .Where(key => string.IsNullOrEmpty(search)
                || key.Id == search
                || key.Name.Contains(search, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return ClerkAnswer.Ok(json => ListJson.WritePage(
            json, page.Of(found), found.Count, (inner, key) => ApiKeyJson.Write(inner, key, now)));
    }

    private ClerkAnswer Update(ClerkCall call, ApiKey key)
    {
        var form = ApiKeyForm.Read(call.Form);
        var (describes, claims) = (call.Form.Has("description"), call.Form.Has("claims"));
        var expires = call.Form.Has("seconds_until_expiration");
        if (call.Form.Faults() is { } faults)
        {
            return faults.With(status: 400);
        }

        var now = world.Clock.NowMilliseconds;
        key.Subject = form.Subject ?? key.Subject;
        key.Description = describes ? form.Description : key.Description;
        key.Claims = claims ? form.Claims : key.Claims;
        key.Scopes = form.Scopes ?? key.Scopes;
        key.ExpiresAt = expires ? ApiKeyForm.ExpiryOf(form.Seconds, now) : key.ExpiresAt;
        key.UpdatedAt = now;
        return Tell(key);
    }

    private ClerkAnswer Revoke(ClerkCall call, ApiKey key)
    {
        var reason = call.Form.Text("revocation_reason");
        if (call.Form.Faults() is { } faults)
        {
            return faults.With(status: 400);
        }

        if (!key.Revoked)
        {
            (key.Revoked, key.RevocationReason, key.UpdatedAt) = (true, reason, world.Clock.NowMilliseconds);
        }

        return Tell(key);
    }

    private ClerkAnswer Delete(ApiKey key)
    {
        Keys.Remove(key);
        return ListJson.Deleted("api_key", key.Id);
    }

    private static ClerkAnswer TellSecret(ApiKey key) => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("secret", key.Secret);
        json.WriteEndObject();
    });

    private ClerkAnswer Find(ClerkCall call, Func<ApiKey, ClerkAnswer> found) =>
        Keys.Find(call.Route("api_key_id")) is { } key
            ? found(key)
            : ClerkErrors.NotFound("API key", call.Route("api_key_id"));

    private ClerkAnswer Tell(ApiKey key, bool withSecret = false) =>
        ClerkAnswer.Ok(json => ApiKeyJson.Write(json, key, world.Clock.NowMilliseconds, withSecret));
}
