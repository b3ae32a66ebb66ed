namespace ShtetlZmanim;

/// <summary>The log events of Shtetl Zmanim: 7400 to 7499.</summary>
internal static class EventIds
{
    public const int UsageUnsaved = 7400;
}
