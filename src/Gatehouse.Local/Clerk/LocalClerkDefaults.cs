namespace Gatehouse.Local.Clerk;

/// <summary>
/// The fixed values of the local Clerk. They are published, and therefore protect nothing: the core knows them by their digests and
/// refuses them wherever a host is not a development host on loopback.
/// </summary>
public static class LocalClerkDefaults
{
    /// <summary>Where it listens when no address is configured.</summary>
    public const string Url = "http://127.0.0.1:5400";

    /// <summary>The instance's id, and the <c>kid</c> of its first signing key.</summary>
    public const string InstanceId = "ins_2GatehouseLocalInstance0001";

    /// <summary>The Frontend API host that the publishable key names. Nothing answers there; tokens carry it in <c>iss</c>.</summary>
    public const string FrontendApiHost = "gatehouse-local-1.clerk.accounts.dev";

    /// <summary>The issuer of every token.</summary>
    public const string Issuer = "https://" + FrontendApiHost;

    /// <summary>The publishable key, which spells <see cref="FrontendApiHost"/>.</summary>
    public const string PublishableKey = "pk_test_Z2F0ZWhvdXNlLWxvY2FsLTEuY2xlcmsuYWNjb3VudHMuZGV2JA";

    /// <summary>The instance's secret key.</summary>
    public const string SecretKey = "sk_test_gatehouse_local";

    /// <summary>The secret that webhooks are signed with, unless their endpoint has one of its own.</summary>
    public const string WebhookSecret = "whsec_Z2F0ZWhvdXNlLWxvY2FsLXdlYmhvb2stc2VjcmV0LTE=";

    /// <summary>The password of every seeded person.</summary>
    public const string Password = "gatehouse-local-1";

    /// <summary>Ada: role <c>admin</c>, administrator of the operators, owner of Krypton.</summary>
    public const string AdaUserId = "user_2LocalAdminAda0000000000001";

    /// <summary>Grace: role <c>user</c>, member of Krypton.</summary>
    public const string GraceUserId = "user_2LocalMemberGrace0000000001";

    /// <summary>Lin: role <c>viewer</c>, in no organization.</summary>
    public const string LinUserId = "user_2LocalViewerLin000000000001";

    /// <summary>The service user that Aither calls Hemera as: role <c>api-client</c>, service <c>aither</c>.</summary>
    public const string AitherServiceUserId = "user_2LocalAitherService00000001";

    /// <summary>The operator organization.</summary>
    public const string OperatorsOrganizationId = "org_2LocalOperators000000000001";

    /// <summary>The vendor company Krypton.</summary>
    public const string KryptonOrganizationId = "org_2LocalKrypton00000000000001";

    /// <summary>The JWT template of the service user: claims <c>userId</c>, <c>role</c>, <c>service</c>; 900 seconds.</summary>
    public const string HemeraTemplate = "hemera-api";

    /// <summary>Aither's machine, scoped to Hemera.</summary>
    public const string AitherMachineId = "mch_2LocalAither000000000000001";

    /// <summary>Hemera's machine, scoped to Gatehouse's host, whose feed of revocations it reads.</summary>
    public const string HemeraMachineId = "mch_2LocalHemera000000000000001";

    /// <summary>The machine of Shtetl Zmanim, scoped to Gatehouse's host.</summary>
    public const string ShtetlZmanimMachineId = "mch_2LocalShtetlZmanim000000001";

    /// <summary>An outside developer's machine, scoped to Shtetl Zmanim.</summary>
    public const string DeveloperMachineId = "mch_2LocalDeveloper000000000001";

    /// <summary>The machine of Gatehouse's host.</summary>
    public const string GatehouseMachineId = "mch_2LocalGatehouse000000000001";

    /// <summary>The Analyzer's machine, scoped to Gatehouse's host.</summary>
    public const string AnalyzerMachineId = "mch_2LocalAnalyzer0000000000001";

    /// <summary>GoodTalk's machine, scoped to Gatehouse's host.</summary>
    public const string GoodTalkMachineId = "mch_2LocalGoodTalk0000000000001";

    /// <summary>The secret key of Aither's machine.</summary>
    public const string AitherMachineSecret = "ak_gatehouse_local_aither";

    /// <summary>The secret key of Hemera's machine.</summary>
    public const string HemeraMachineSecret = "ak_gatehouse_local_hemera";

    /// <summary>The secret key of Shtetl Zmanim's machine.</summary>
    public const string ShtetlZmanimMachineSecret = "ak_gatehouse_local_shtetl_zmanim";

    /// <summary>The secret key of the developer's machine.</summary>
    public const string DeveloperMachineSecret = "ak_gatehouse_local_developer";

    /// <summary>The secret key of the machine of Gatehouse's host.</summary>
    public const string GatehouseMachineSecret = "ak_gatehouse_local_gatehouse";

    /// <summary>The secret key of the Analyzer's machine.</summary>
    public const string AnalyzerMachineSecret = "ak_gatehouse_local_analyzer";

    /// <summary>The secret key of GoodTalk's machine.</summary>
    public const string GoodTalkMachineSecret = "ak_gatehouse_local_goodtalk";
}
