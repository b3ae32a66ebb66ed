using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Creating, reading, updating, deleting and replacing identifications of one kind.</summary>
/// <param name="world">The instance.</param>
/// <param name="type">What the API calls one: also the member that its value is in.</param>
/// <param name="path">Where all of them are.</param>
internal abstract class IdentificationOperations<T>(ClerkWorld world, string type, string path)
    where T : Identification
{
    private const string Verified = "verified";
    private const string Reserved = "reserved";

    public void Map(ClerkRoutes routes)
    {
        var one = $"{path}/{{{type}_id}}";
        routes
            .Post(path, Create)
            .Get(one, call => Find(call, (_, found) => Tell(found)))
            .Patch(one, call => Find(call, (user, found) => Update(call, user, found)))
            .Delete(one, call => Find(call, (user, found) => Delete(call, user, found)))
            .Map("PUT", $"/users/{{user_id}}/{type}", new ClerkOperation(Replace));
    }

    protected abstract List<T> Of(User user);

    protected abstract string? PrimaryOf(User user);

    protected abstract void SetPrimary(User user, string? id);

    /// <summary>Notes a fault of the request unless the value is well formed and free.</summary>
    protected abstract void Check(IdentifierCheck check, string value);

    protected abstract T Make(NewIdentification identification, string id, long now);

    protected abstract void Write(Utf8JsonWriter json, T identification);

    /// <summary>Reads what only this kind has. The answer says whether it is to be a second factor; null where that is not said.</summary>
    protected abstract bool? ReadMore(FormReader form);

    /// <summary>Reads what only this kind has when it takes the place of all others: nothing, unless it says so.</summary>
    protected virtual void ReadMoreOfReplacement(FormReader form) { }

    /// <summary>Makes it a second factor or none; null leaves it what it is, as far as it is verified.</summary>
    protected virtual void SetSecondFactor(User user, T identification, bool? isSecondFactor) { }

    private ClerkAnswer Create(ClerkCall call)
    {
        var userId = call.Form.RequiredText("user_id");
        var value = ReadValue(call.Form, owner: null);
        var (verified, primary) = (call.Form.Flag("verified") == true, call.Form.Flag("primary") == true);
        var secondFactor = ReadMore(call.Form) == true;
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (world.Data.Users.Find(userId) is not { } user)
        {
            return ClerkErrors.NotFound("user", userId);
        }

        if (!verified && (primary || secondFactor))
        {
            return primary ? IdentificationErrors.Unverified : IdentificationErrors.UnverifiedSecondFactor;
        }

        var made = Make(value, verified, reserved: false);
        Change(user, changed =>
        {
            Of(changed).Add(made);
            SetPrimary(changed, primary ? made.Id : PrimaryOf(changed) ?? made.Id);
            SetSecondFactor(changed, made, secondFactor);
        });
        return Tell(made);
    }

    private ClerkAnswer Update(ClerkCall call, User user, T found)
    {
        var verified = call.Form.Flag("verified") ?? found.Verified;
        var primary = call.Form.Flag("primary") == true;
        var secondFactor = ReadMore(call.Form);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (!verified && (primary || secondFactor == true))
        {
            return primary ? IdentificationErrors.Unverified : IdentificationErrors.SecondFactorOfUnverified;
        }

        Change(user, changed =>
        {
            found.Verified = verified;
            found.VerifiedByCode &= verified;
            found.UpdatedAt = world.Clock.NowMilliseconds;
            SetPrimary(changed, primary ? found.Id : PrimaryOf(changed));
            SetSecondFactor(changed, found, secondFactor);
        });
        return Tell(found);
    }

    private ClerkAnswer Delete(ClerkCall call, User user, T found)
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (Identifications.IsLast(user))
        {
            return IdentificationErrors.LastOne;
        }

        Change(user, changed =>
        {
            SetSecondFactor(changed, found, isSecondFactor: false);
            Of(changed).Remove(found);
            if (PrimaryOf(changed) == found.Id)
            {
                SetPrimary(changed, Of(changed).Find(left => left.Verified)?.Id);
            }
        });
        return ListJson.Deleted(type, found.Id);
    }

    private ClerkAnswer Replace(ClerkCall call)
    {
        if (world.Data.Users.Find(call.Route("user_id")) is not { } user)
        {
            return ClerkErrors.NotFound("user", call.Route("user_id"));
        }

        var value = ReadValue(call.Form, user);
        var status = call.Form.OneOf("identification_status", Verified, Reserved, "unverified") ?? Verified;
        ReadMoreOfReplacement(call.Form);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var made = Make(value, status == Verified, status == Reserved);
        Change(user, changed =>
        {
            Of(changed).Clear();
            Of(changed).Add(made);
            SetPrimary(changed, made.Id);
        });
        return Tell(made);
    }

    private string ReadValue(FormReader form, User? owner)
    {
        var value = form.RequiredText(type);
        if (value.Length > 0)
        {
            Check(new IdentifierCheck(world.Data.Users, form, owner), value);
        }

        return value;
    }

    private T Make(string value, bool verified, bool reserved)
    {
        var made = Make(new NewIdentification(value, reserved), world.Ids.Next("idn_"), world.Clock.NowMilliseconds);
        made.Verified = verified;
        return made;
    }

    private void Change(User user, Action<User> change)
    {
        SecondFactors.Change(user, world.Clock.NowMilliseconds, changed => world.Data.Users.Change(changed, change));
        UserChange.Done(world, user);
    }

    private ClerkAnswer Find(ClerkCall call, Func<User, T, ClerkAnswer> found)
    {
        var id = call.Route($"{type}_id");
        return world.Data.Users.FindByIdentification(id) is { } user && Of(user).Find(owned => owned.Id == id) is { } identification
            ? found(user, identification)
            : ClerkErrors.NotFound(type.Replace('_', ' '), id);
    }

    private ClerkAnswer Tell(T identification) => ClerkAnswer.Ok(json => Write(json, identification));
}
