namespace Gatehouse.Tokens.Internal;

internal enum HeaderAlgorithm
{
    Absent,
    RS256,
    ES256,
    Other,
}
