namespace Gatehouse.Local.Clerk;

/// <summary>The local Clerk's log events: 9000 and up.</summary>
internal static class EventIds
{
    public const int ProductionKeyRefused = 9001;
    public const int RequestRefusedByLimit = 9002;
    public const int FaultInjected = 9003;
    public const int OperationFailed = 9004;
    public const int WebhookAttemptFailed = 9101;
    public const int WebhookEndpointDisabled = 9102;
    public const int WebhookMessageForgotten = 9103;
    public const int WebhookAttemptBroke = 9104;
    public const int DataFileNotWritten = 9301;
}
