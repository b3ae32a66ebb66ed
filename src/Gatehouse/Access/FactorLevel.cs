namespace Gatehouse.Access;

/// <summary>Which factors must have been verified recently.</summary>
public enum FactorLevel
{
    /// <summary>The first: a password, a code, a passkey.</summary>
    FirstFactor,

    /// <summary>The second, or the first of somebody who has enrolled no second.</summary>
    SecondFactor,

    /// <summary>Both, or the first of somebody who has enrolled no second.</summary>
    MultiFactor,
}
