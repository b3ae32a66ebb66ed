using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Lets one operation at a time at the instance's data.</summary>
internal static class OperationRunner
{
    public static (ClerkAnswer Answer, ReadOnlyMemory<byte>? Rendered) Run(ClerkWorld world, ClerkOperation operation, ClerkCall call)
    {
        ClerkAnswer answer;
        lock (world.Gate)
        {
            answer = operation.Handle(call);
            if (answer is { ReadsData: true, Body: { } body })
            {
                return (answer, AnswerWriter.Render(body));
            }
        }

        ReadOnlyMemory<byte>? rendered = null;
        if (answer.Body is not null)
        {
            rendered = AnswerWriter.Render(answer.Body);
        }

        return (answer, rendered);
    }
}
