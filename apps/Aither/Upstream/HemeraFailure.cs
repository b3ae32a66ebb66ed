namespace Aither.Upstream;

/// <summary>Why a call of Hemera failed, and so who must do something.</summary>
public enum HemeraFailure
{
    /// <summary>Something that nobody foresaw: another status, or a body that cannot be read.</summary>
    Unexpected = 0,

    /// <summary>No connection, no answer in time, 5xx, or 429 beyond patience. It may be better soon.</summary>
    Unavailable,

    /// <summary>401, also to a renewed token: somebody must set the configuration right.</summary>
    TokenRefused,

    /// <summary>403: the token is good and its holder's role is not enough.</summary>
    Forbidden,
}
