namespace Gatehouse.Local.Clerk;

/// <summary>The local Clerk's log events: 7000 and up.</summary>
internal static class EventIds
{
    public const int ProductionKeyRefused = 7001;
    public const int RequestRefusedByLimit = 7002;
    public const int FaultInjected = 7003;
    public const int OperationFailed = 7004;
    public const int WebhookAttemptFailed = 7101;
    public const int WebhookEndpointDisabled = 7102;
    public const int WebhookMessageForgotten = 7103;
    public const int WebhookAttemptBroke = 7104;
    public const int DataFileNotWritten = 7301;
}
