namespace Gatehouse.Local.Clerk.Tokens;

/// <summary>The header parameter <c>cat</c>, which keeps apart the classes of tokens that one key signs.</summary>
internal static class TokenCategory
{
    public const string Session = "cl_B7d4PD111AAA";
    public const string Template = "cl_B7d4PD222AAA";
    public const string MachineToMachine = "cl_B7d4PD333AAA";
}
