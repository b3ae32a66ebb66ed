namespace Gatehouse.Local.Clerk.Images;

/// <summary>The picture that a user, an organization or an OAuth application has.</summary>
/// <param name="ImageId">Which image it is; nobody else has it.</param>
/// <param name="Url">Where it is to be had: at this server, by the name that whoever uploaded it called it by.</param>
internal sealed record Picture(string ImageId, string Url);
