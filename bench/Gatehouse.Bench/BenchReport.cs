using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Gatehouse.Bench;

/// <summary>What a bench found. It reports and does not judge: an aim that is missed is a line like any other.</summary>
internal sealed record BenchReport(string Bench, IReadOnlyList<BenchRow> Rows, IReadOnlyList<BenchAim> Aims)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public string ToTable()
    {
        var text = new StringBuilder();
        var width = Rows.Select(row => row.Name.Length).Concat(Aims.Select(aim => aim.Name.Length)).Max();
        foreach (var row in Rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{row.Name.PadRight(width)}  {Number(row.Value),14} {row.Unit}");
        }

        text.AppendLine();
        foreach (var aim in Aims)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{aim.Name.PadRight(width)}  {Number(aim.Value),14}   aim {aim.Aim}: {(aim.Met ? "met" : "not met")}");
        }

        return text.ToString().TrimEnd();
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) < 100 ? "0.###" : "#,0", CultureInfo.InvariantCulture);
}
