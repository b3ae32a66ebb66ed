namespace Gatehouse.Local.Clerk.Tokens;

/// <summary>How long tokens live, in seconds.</summary>
internal static class TokenLifetime
{
    public const int Default = 60;
    public const int Minimum = 30;
    public const int Maximum = 315_360_000;
    public const int DefaultClockSkew = 5;
    public const int MaximumClockSkew = 300;
}
