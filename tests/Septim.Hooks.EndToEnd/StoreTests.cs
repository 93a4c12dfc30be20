using System.Diagnostics;
using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>
/// Real stores from Debian's packages, on loopback and in folders of their own. Where one is not installed its test says so and is
/// skipped: <c>apt-get install -y clickhouse-server rsyslog</c>. <c>SEPTIM_STORES=required</c>, as CI sets it, makes that a failure.
/// </summary>
[Collection(nameof(ManyClients))]
public sealed class StoreTests
{
    [Fact]
    public async Task ClickHouse_counts_every_event_by_its_own_query()
    {
        Want("clickhouse-server");
        using var home = new ShipHome();
        var folder = home.Folder("clickhouse");
        var port = ShipHome.FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "config.xml"),
            $"""
            <yandex><logger><level>warning</level><log>{folder}/log</log><errorlog>{folder}/err</errorlog></logger>
            <http_port>{port}</http_port><tcp_port>{ShipHome.FreePort()}</tcp_port><listen_host>127.0.0.1</listen_host>
            <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path><users_config>{folder}/users.xml</users_config>
            <default_profile>default</default_profile><default_database>default</default_database><mark_cache_size>10485760</mark_cache_size></yandex>
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "users.xml"),
            "<yandex><profiles><default/></profiles><users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users><quotas><default/></quotas></yandex>",
            TestContext.Current.CancellationToken);
        using var server = Start("clickhouse-server", folder, "--config-file=config.xml");
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
            await Until(async () => (await client.GetStringAsync("ping")).StartsWith("Ok", StringComparison.Ordinal));
            // The table of docs/stop-log.md, as far as this version has the types.
            await Query(client, "CREATE TABLE septim_events (event_id String, ts DateTime, event String, session_id String, project String, user String, cost_usd_total Nullable(Float64), turns UInt32, attended UInt8, models Array(String)) ENGINE = MergeTree PARTITION BY toYYYYMM(ts) ORDER BY (ts, event_id)");

            home.More["SEPTIM_LOG_SINKS"] = $$"""[{"type":"clickhouse","url":"http://127.0.0.1:{{port}}/"}]""";
            await home.Fill(300);
            var run = await home.Ship("--flush", "--deadline", "30s");
            Assert.True(run.ExitCode == 0, run.All);
            Assert.Equal("300\t300\t300\n", await Query(client, "SELECT count(), uniqExact(event_id), uniqExact(session_id) FROM septim_events"));
            Assert.Equal("stop\tdev\n", await Query(client, "SELECT DISTINCT event, user FROM septim_events"));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Rsyslog_parses_every_event()
    {
        Want("rsyslogd");
        using var home = new ShipHome();
        var folder = home.Folder("rsyslog");
        var output = Path.Combine(folder, "out");
        await File.WriteAllTextAsync(Path.Combine(folder, "rsyslog.conf"),
            $"""
            global(workDirectory="{folder}")
            module(load="imuxsock" SysSock.Use="off")
            module(load="mmjsonparse")
            input(type="imuxsock" Socket="{folder}/log.sock" RateLimit.Interval="0")
            template(name="parsed" type="string" string="%$!event% %$!session_id% %programname%\n")
            action(type="mmjsonparse")
            action(type="omfile" file="{output}" template="parsed")

            """, TestContext.Current.CancellationToken);
        using var server = Start("rsyslogd", folder, "-n", "-f", "rsyslog.conf", "-i", Path.Combine(folder, "pid"));
        try
        {
            await Until(() => Task.FromResult(File.Exists(Path.Combine(folder, "log.sock"))));
            home.More["SEPTIM_LOG_SINKS"] = $$"""[{"type":"syslog","path":"{{folder}}/log.sock"}]""";
            await home.Fill(50);
            var run = await home.Ship("--flush");
            Assert.True(run.ExitCode == 0, run.All);
            await Until(() => Task.FromResult(File.Exists(output) && File.ReadAllLines(output).Length >= 50));
            var lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
            Assert.Equal(50, lines.Distinct().Count());
            Assert.All(lines, line => Assert.Matches("^stop pattern(-\\d+)? septim$", line));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static Process Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static async Task<string> Query(HttpClient client, string sql)
    {
        using var answer = await client.PostAsync("", new StringContent(sql), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException(text);
    }

    private static void Want(string program)
    {
        if (ChildProcess.Has(program)) return;
        Assert.False(Environment.GetEnvironmentVariable("SEPTIM_STORES") == "required", $"{program} is not installed, and this run must not go without it");
        Assert.Skip($"{program} is not installed");
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                if (await holds()) return;
            }
            catch (HttpRequestException) when (i < 200)
            {
                // It is still starting.
            }
            if (i == 200) throw new TimeoutException("the store did not come up in 20 s");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
