using System.Net;

namespace Gatehouse.Host.Tests.Serve;

/// <summary>nginx, with <c>docs/forward-auth/nginx.conf</c>.</summary>
public sealed class NginxTests : ForwardAuthSuite
{
    private const string Program = "/usr/sbin/nginx";

    private string _siteUrl = "";

    private protected override IEnumerable<(string Setting, string Value)> Rule =>
    [
        ("nginx:Permission", "shop:visit"),
        ("nginx:RateLimit", "site"),
        ("nginx:Statuses:0", "401"),
        ("nginx:Statuses:1", "403"),
        ("nginx:NumberedCookies", "true"),
    ];

    [Fact]
    public async Task Nobody_asks_the_question_from_outside()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync($"{_siteUrl}/_gatehouse", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private protected override Task<ProxyProcess> StartProxyAsync(string address, params (string Written, string Here)[] addresses)
    {
        _siteUrl = address;
        return ProxyProcess.StartAsync(
            Program,
            address,
            "nginx.conf",
            addresses,
            site => $$"""
                daemon off;
                master_process off;
                pid pid;
                error_log error.log;
                events { }
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    {{site}}
                }
                """,
            (folder, file) => ["-p", folder, "-e", Path.Combine(folder, "start.log"), "-c", file]);
    }
}
