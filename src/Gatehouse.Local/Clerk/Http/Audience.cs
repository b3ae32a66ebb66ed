namespace Gatehouse.Local.Clerk.Http;

/// <summary>Whom an operation is for.</summary>
internal enum Audience
{
    /// <summary>Holders of the instance's secret key.</summary>
    Instance,

    /// <summary>Holders of a machine's secret key or of the instance's.</summary>
    Machines,

    /// <summary>Anybody.</summary>
    Everyone,
}
