namespace Gatehouse.Stores;

/// <summary>Why a store cannot serve just now, though nothing is wrong with what was asked of it.</summary>
public enum StoreFailure
{
    /// <summary>It can serve, or the failure is not about a store: what failed is a fault of ours.</summary>
    None = 0,

    /// <summary>Another holds its lock, or too much work waits for it already.</summary>
    Busy,

    /// <summary>It can be read and not be written.</summary>
    ReadOnly,

    /// <summary>Its disk has no room left.</summary>
    Full,

    /// <summary>Its disk does not do as it is told.</summary>
    Failing,

    /// <summary>What is in its place is damaged, or no store at all.</summary>
    Damaged,

    /// <summary>It is not there, or cannot be reached.</summary>
    Away,
}
