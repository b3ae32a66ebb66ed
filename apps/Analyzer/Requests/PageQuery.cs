using System.Globalization;

namespace Analyzer.Requests;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Cursor">The position to go on from; null for the beginning.</param>
/// <param name="Limit">How many at most.</param>
internal sealed record PageQuery(long? Cursor, int Limit)
{
    private const int DefaultLimit = 50;
    private const int MaximumLimit = 100;

    /// <returns>Null if there are faults.</returns>
    public static PageQuery? Read(IQueryCollection query, FaultList faults)
    {
        long? cursor = null;
        if (query.TryGetValue("cursor", out var cursors))
        {
            cursor = ReadNumber(cursors.ToString());
            if (cursor is null)
            {
                faults.Add("invalid_cursor", ["cursor"], "must be the `next` of an answer, once");
            }
        }

        long? limit = DefaultLimit;
        if (query.TryGetValue("limit", out var limits))
        {
            limit = ReadNumber(limits.ToString());
            if (limit is null or < 1 or > MaximumLimit)
            {
                faults.Add("invalid_limit", ["limit"], $"must be 1 to {MaximumLimit}, once");
            }
        }

        return faults.IsEmpty ? new PageQuery(cursor, (int)limit!) : null;
    }

    public static long? ReadNumber(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
