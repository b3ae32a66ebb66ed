using System.Security.Cryptography;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.JwtTemplates;
using Gatehouse.Local.Clerk.M2M;
using Gatehouse.Local.Clerk.Machines;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Tokens;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk;

/// <summary>
/// Mints tokens of the seeded people and machines with no server running. They are signed with the published key, like a running
/// local Clerk's; sessions minted for are known to no server. Safe for several threads.
/// </summary>
public sealed class LocalClerkTokens
{
    private static readonly Dictionary<string, string> UserNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ada"] = LocalClerkDefaults.AdaUserId,
        ["grace"] = LocalClerkDefaults.GraceUserId,
        ["lin"] = LocalClerkDefaults.LinUserId,
        ["aither-service"] = LocalClerkDefaults.AitherServiceUserId,
    };

    private readonly ClerkWorld _world;

    /// <summary>A mint over freshly seeded state.</summary>
    /// <param name="time">The clock that tokens are issued by. Default the machine's.</param>
    /// <param name="seed">Of session and token ids, so that a test can repeat them. Default a random one.</param>
    public LocalClerkTokens(TimeProvider? time = null, int? seed = null) =>
        _world = new ClerkWorld(time ?? TimeProvider.System, seed ?? RandomNumberGenerator.GetInt32(int.MaxValue));

    /// <summary>
    /// The id of a seeded user by name, in any case: <c>ada</c>, <c>grace</c>, <c>lin</c>, <c>aither-service</c>. Null for any other name.
    /// </summary>
    public static string? FindUserId(string name) => UserNames.GetValueOrDefault(name);

    /// <summary>
    /// The id of a seeded machine by name, in any case: <c>aither</c>, <c>hemera</c>, <c>developer</c>, <c>shtetl-zmanim</c>. Null for any
    /// other name.
    /// </summary>
    public string? FindMachineId(string name)
    {
        lock (_world.Gate)
        {
            return FindMachine(name)?.Id;
        }
    }

    /// <summary>A session token of a seeded user, or a template's token.</summary>
    /// <param name="nameOrId">A name that <see cref="FindUserId"/> knows, or a user id.</param>
    /// <param name="request">What it shall be like. Default a session token of 60 seconds without <c>azp</c>.</param>
    public LocalTokenResult ForUser(string nameOrId, LocalTokenRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(nameOrId);
        lock (_world.Gate)
        {
            return ForUserInside(nameOrId, request ?? new LocalTokenRequest());
        }
    }

    /// <summary>An M2M JWT of a seeded machine, for the machines that it is scoped to.</summary>
    /// <param name="nameOrId">A name that <see cref="FindMachineId"/> knows, or a machine id.</param>
    /// <param name="request">What it shall be like. Default no claims and the machine's own lifetime.</param>
    public LocalTokenResult ForMachine(string nameOrId, LocalMachineTokenRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(nameOrId);
        lock (_world.Gate)
        {
            return ForMachineInside(nameOrId, request ?? new LocalMachineTokenRequest());
        }
    }

    private LocalTokenResult ForUserInside(string nameOrId, LocalTokenRequest request)
    {
        if (_world.Data.Users.Find(FindUserId(nameOrId) ?? nameOrId) is not { } user)
        {
            return LocalTokenResult.Refused(LocalTokenFailure.UnknownUser);
        }

        if (request.Seconds is < TokenLifetime.Minimum or > TokenLifetime.Maximum)
        {
            return LocalTokenResult.Refused(LocalTokenFailure.LifetimeOutOfRange);
        }

        JwtTemplate? template = null;
        if (request.Template is not null && (template = _world.Data.Templates.FindByName(request.Template)) is null)
        {
            return LocalTokenResult.Refused(LocalTokenFailure.UnknownTemplate);
        }

        return FindSession(user, request.Organization) is { } session
            ? LocalTokenResult.Minted(Create(session, template, request).Sign())
            : LocalTokenResult.Refused(LocalTokenFailure.UnknownOrganization);
    }

    private Session? FindSession(User user, string? organization)
    {
        var organizationId = organization is null ? null : _world.Data.Organizations.Find(organization)?.Id ?? organization;
        return SessionCreation.Create(_world, user.Id, organizationId).Session;
    }

    private UnsignedToken Create(Session session, JwtTemplate? template, LocalTokenRequest request) => template is null
        ? SessionTokens.Create(_world, session, request.Origin, request.Seconds)
        : TemplateTokens.Create(_world, session, template, request.Origin, request.Seconds);

    private LocalTokenResult ForMachineInside(string nameOrId, LocalMachineTokenRequest request)
    {
        if ((FindMachine(nameOrId) ?? _world.Data.Machines.Find(nameOrId)) is not { } machine)
        {
            return LocalTokenResult.Refused(LocalTokenFailure.UnknownMachine);
        }

        if (request.Seconds is < 1 or > TokenLifetime.Maximum)
        {
            return LocalTokenResult.Refused(LocalTokenFailure.LifetimeOutOfRange);
        }

        if (request.Claims is { } claims && ReservedClaims.FindInMachineClaims(claims) is not null)
        {
            return LocalTokenResult.Refused(LocalTokenFailure.ReservedClaim);
        }

        var token = M2MTokenMint.Describe(_world, machine, request.Claims, request.Seconds);
        return LocalTokenResult.Minted(M2MTokenMint.AsJwt(_world, token).Sign());
    }

    private Machine? FindMachine(string name) =>
        _world.Data.Machines.All.FirstOrDefault(machine => string.Equals(machine.Name, name, StringComparison.OrdinalIgnoreCase));
}
