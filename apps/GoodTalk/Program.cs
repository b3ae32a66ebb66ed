using GoodTalk;

await GoodTalkApp.Build(args).RunAsync();
