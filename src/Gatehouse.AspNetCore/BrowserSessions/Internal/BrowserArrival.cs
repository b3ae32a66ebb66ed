namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>What a request's cookies came to at an entrance: a feature of the request.</summary>
internal sealed record BrowserArrival(CookieEntrance Entrance, BrowserVisit Visit, SessionReading Reading);
