namespace Gatehouse.Local.Tests.Shapes;

/// <summary>The same facts of the Frontend API: what each operation answers (<c>frontend-operations.json</c>), of which types.</summary>
/// <remarks>
/// In three things Clerk's own browser client decides and not the document: no client comes along with what is merely read, and a sign-up
/// tells <c>has_password</c> and <c>locale</c>.
/// </remarks>
public static class FrontendShapeBook
{
    private const string Root = "/__clerk";

    private static readonly ShapeChecker Shapes = new(ShapeBook.Load("frontend-types.json"));

    public static IReadOnlyList<ShapedOperation> Operations { get; } =
    [
        .. ShapeBook.Load("frontend-operations.json").Select(member => ShapedOperation.Read(member.Key, member.Value!.AsObject())),
    ];

    /// <summary>Holds an answer against the operation that its request was for. Refusals and unknown operations are left alone.</summary>
    public static void Check(string method, string pathAndQuery, Answer answer)
    {
        var path = pathAndQuery.Split('?')[0];
        if (answer.Status != 200 || !path.StartsWith(Root, StringComparison.Ordinal)
            || ShapedOperation.Find(Operations, method, path[Root.Length..]) is not { } operation)
        {
            return;
        }

        var faults = Shapes.Faults(operation.Answer, answer.Body, operation.Name);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
