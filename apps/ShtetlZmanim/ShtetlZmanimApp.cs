namespace ShtetlZmanim;

public static class ShtetlZmanimApp
{
    public static WebApplication Build(string[] args) => WebApplication.CreateSlimBuilder(args).Build();
}
