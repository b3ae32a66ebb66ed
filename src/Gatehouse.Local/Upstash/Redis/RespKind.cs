namespace Gatehouse.Local.Upstash.Redis;

/// <summary>What kind of value a reply is.</summary>
internal enum RespKind
{
    Null,

    /// <summary>A status such as <c>OK</c>.</summary>
    Simple,
    Error,
    Integer,
    Bulk,
    Array,
}
