namespace Gatehouse.Stores;

/// <summary>
/// Knows one kind of store by the exceptions that it throws, so that an edge that knows no store can tell an outage from a fault. Each
/// kind of store registers its own.
/// </summary>
public interface IStoreDiagnosis
{
    /// <summary>What an exception says about the store.</summary>
    /// <returns><see cref="StoreFailure.None"/> for an exception of another's, and for a fault that no waiting mends.</returns>
    StoreFailure Diagnose(Exception failure);
}
