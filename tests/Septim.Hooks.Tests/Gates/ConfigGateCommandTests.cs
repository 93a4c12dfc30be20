using System.Text.Json;
using Septim.Hooks.Gates;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

/// <summary>What a command line does to the guards; the project and the home are real directories.</summary>
public sealed class ConfigGateCommandTests : IDisposable
{
    private readonly ConfigGate _gate = new();
    private readonly Session _session = new();

    public ConfigGateCommandTests()
    {
        Write(Path.Combine(_session.Project, ".claude", "settings.json"), "{}");
        Write(Path.Combine(_session.Home, ".claude", "settings.json"), "{}");
        Write(Path.Combine(_session.Project, ".mcp.json"), "{}");
        Write(Path.Combine(_session.Project, "harmless.json"), """{"model":"sonnet"}""");
        Write(Path.Combine(_session.Project, "off.json"), """{"disableAllHooks":true}""");
        _session.Environment["CLAUDE_PROJECT_DIR"] = _session.Project;
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("rm .claude/settings.json")]
    [InlineData("rm -rf .claude")]
    [InlineData("rm -rf ~/.claude")]
    [InlineData("mv .claude elsewhere")]
    [InlineData("mv .claude/settings.json /tmp/x")]
    [InlineData("mv evil.json .claude/settings.json")]
    [InlineData("echo '{}' > .claude/settings.json")]
    [InlineData("echo '{}' | tee .claude/settings.local.json")]
    [InlineData("cat evil > ~/.claude/settings.json")]
    [InlineData("jq '.hooks={}' a.json > .claude/settings.json")]
    [InlineData("truncate -s 0 .claude/settings.json")]
    [InlineData("sed -i s/septim/true/ .claude/settings.json")]
    [InlineData("chmod 000 .claude/settings.json")]
    [InlineData("chmod 000 .claude")]
    [InlineData("ln -sf /dev/null .claude/settings.json")]
    [InlineData("ln -s .claude/settings.json innocent.json")]
    [InlineData("ln -s .claude innocent; echo '{}' > innocent/settings.json")]
    [InlineData("cp /dev/null .claude/settings.json")]
    [InlineData("cp evil/settings.json .claude/")]
    [InlineData("cp -r evil/.claude .")]
    [InlineData("cd .claude && rm settings.json")]
    [InlineData("rm .claude/*.json")]
    [InlineData("rm -rf .cl*")]
    [InlineData("bash -c 'rm .claude/settings.json'")]
    [InlineData("python3 -c \"open('.claude/settings.json','w').write('{}')\"")]
    [InlineData("find . -type f -exec sed -i s/a/b/ {} +")]
    [InlineData("find . -name '*.json' -delete")]
    [InlineData("find . -name '*.json' | xargs sed -i s/a/b/")]
    [InlineData("find . -name '.cl*' -exec rm -rf {} +")]
    [InlineData("find . ! -name '*.ts' -delete")]
    [InlineData("find . -name '*.ts' -o -delete")]
    [InlineData("find . \\( -name '*.ts' -o -name 's*' \\) -exec rm {} \\;")]
    [InlineData("find . -path ./src -prune -o -type f -exec rm {} +")]
    [InlineData("find . -maxdepth 2 -type f -newer x -delete")]
    [InlineData("find .claude -type d -exec chmod 000 {} +")]
    [InlineData("find ~ -name '*.jsonl' -delete")]
    [InlineData("sed -i s/a/b/ .cl*/*")]
    [InlineData("find .claude -name settings.json -delete")]
    [InlineData("git checkout HEAD~1 -- .claude/settings.json")]
    [InlineData("git rm -f .claude/settings.json")]
    [InlineData("git restore --staged --worktree .claude/settings.json")]
    [InlineData("git rm -f -- --cached .mcp.json")]
    [InlineData("echo x > ~/.claude/septim/raises.jsonl")]
    [InlineData("rm -rf ~/.local/state/septim")]
    [InlineData("echo '{}' > .septim/septim.json")]
    [InlineData("echo '{}' > .mcp.json")]
    [InlineData("echo '{}' > ~/.claude.json")]
    [InlineData("sudo tee /etc/claude-code/managed-settings.json < x")]
    [InlineData("sed -i 1d ~/.claude/projects/-p/11111111-2222-4333-8444-555555555555.jsonl")]
    [InlineData("mv ~/.claude/projects /tmp/p")]
    [InlineData("mv ~/.claude/projects/-p ~/.claude/projects/-q")]
    [InlineData("mv ~/.claude/projects/-other .")]
    [InlineData("mv ~/.claude/projects/-p/11111111-2222-4333-8444-555555555555 /tmp/x")]
    [InlineData("mv ~/.claude/proj* /tmp/p")]
    [InlineData("chmod 555 ~/.claude/projects/-p")]
    [InlineData("chmod -R a-w ~/.claude/projects")]
    [InlineData("ln -s ~/.claude/projects/-p here")]
    [InlineData("septim uninstall")]
    [InlineData("/usr/local/bin/septim uninstall --scope user")]
    [InlineData("septim install --preset minimal")]
    [InlineData("septim budget raise --session 100 --reason x")]
    [InlineData("septim ship purge")]
    [InlineData("septim audit attest x")]
    [InlineData("septim audit suppress x")]
    [InlineData("claude --bare -p x")]
    [InlineData("claude -p x --safe-mode")]
    [InlineData("claude --restricted -p x")]
    [InlineData("claude --setting-sources '' -p x")]
    [InlineData("claude --setting-sources user -p x")]
    [InlineData("claude --settings '{\"disableAllHooks\":true}' -p x")]
    [InlineData("claude --settings='{\"disableAllHooks\": true}' -p x")]
    [InlineData("claude --settings off.json -p x")]
    [InlineData("echo '{}' > s.json; claude --settings s.json -p x")]
    [InlineData("claude --settings \"$S\" -p x")]
    [InlineData("claude --dangerously-skip-permissions -p x")]
    [InlineData("npx -y @anthropic-ai/claude-code --bare -p x")]
    [InlineData("npx @anthropic-ai/claude-code --settings '{\"disableAllHooks\":true}' -p x")]
    [InlineData("CLAUDE_CONFIG_DIR=/tmp/x claude -p x")]
    [InlineData("HOME=/tmp/x claude -p x")]
    [InlineData("export HOME=/tmp/x; claude -p x")]
    [InlineData("env -i PATH=$PATH claude -p x")]
    [InlineData("SEPTIM_SESSION_USD=1000 claude -p x")]
    [InlineData("SEPTIM_SESSION_USD=off claude -p x")]
    [InlineData("SEPTIM_SESSION_USD=$MORE claude -p x")]
    [InlineData("env SEPTIM_SESSION_USD=1000 claude -p x")]
    [InlineData("export SEPTIM_SESSION_USD=1000 && cd sub && claude -p x")]
    [InlineData("SEPTIM_SESSION_USD=1000 npx @anthropic-ai/claude-code -p x")]
    [InlineData("SEPTIM_ON_CEILING=deny claude -p x")]
    [InlineData("SEPTIM_PRICES=/tmp/free.json claude -p x")]
    [InlineData("SEPTIM_ROOT_SESSION=other claude -p x")]
    [InlineData("SEPTIM_RUN_ID=other claude -p x")]
    [InlineData("SEPTIM_CLIENT_DEPTH=0 claude -p x")]
    [InlineData("SEPTIM_STATE_DIR=/tmp/x claude -p x")]
    [InlineData("SEPTIM_LOG=false claude -p x")]
    [InlineData("SEPTIM_OVERHEAD_PERCENT=0 SEPTIM_LOOP_REPEATS=1000 claude -p x")]
    [InlineData("pkill septim")]
    public void Refuses(string command)
    {
        var verdict = Judge(command);
        Assert.Equal(VerdictKind.Deny, verdict.Kind);
        Assert.Equal("config-gate", verdict.Id);
    }

    [Theory]
    [InlineData("SEPTIM_SESSION_USD=0.50 claude -p x")]
    [InlineData("SEPTIM_SESSION_USD=0.50 SEPTIM_SUBAGENT_USD=1 SEPTIM_RESERVE=worst claude -p x")]
    [InlineData("SEPTIM_SESSION_USD=1000 septim budget")]
    [InlineData("SEPTIM_SESSION_USD=1000 dotnet test")]
    [InlineData("git rm --cached .mcp.json")]
    [InlineData("git restore --staged .claude/settings.json")]
    [InlineData("find . -name '*.pyc' -delete")]
    [InlineData("find . -type d -name __pycache__ -exec rm -rf {} +")]
    [InlineData("find . -name node_modules -prune -exec rm -rf {} +")]
    [InlineData("find . -type d -empty -delete")]
    [InlineData("find . -name '*.ts' -exec sed -i s/a/b/ {} +")]
    [InlineData("find . -name '*.ts' | xargs sed -i s/a/b/")]
    [InlineData("find . -iname '*.cs' -print0 | xargs -0 perl -pi -e s/a/b/")]
    [InlineData("for f in $(find . -name '*.ts'); do sed -i s/a/b/ $f; done")]
    [InlineData("find . \\( -name '*.js' -o -name '*.jsx' \\) ! -path './dist/*' -exec sed -i s/a/b/ {} +")]
    [InlineData("find . -path './.*' -prune -o -type f -exec sed -i s/a/b/ {} +")]
    [InlineData("find . -type f -not -path './.*' -exec sed -i s/a/b/ {} +")]
    [InlineData("find . -name '*.sh' -exec chmod +x {} +")]
    [InlineData("find . -type d -exec chmod 755 {} +")]
    [InlineData("find .claude -name '*.tmp' -delete")]
    [InlineData("sed -i s/a/b/ .*rc")]
    [InlineData("cat .claude/settings.json")]
    [InlineData("jq .hooks .claude/settings.json")]
    [InlineData("grep -rn hooks .claude ~/.claude/settings.json")]
    [InlineData("diff .claude/settings.json ~/.claude/settings.json")]
    [InlineData("cp .claude/settings.json backup.json")]
    [InlineData("cat .claude/settings.json > /tmp/copy.json")]
    [InlineData("ls -la .claude ~/.claude .septim")]
    [InlineData("head -5 ~/.claude/projects/-p/x.jsonl")]
    [InlineData("mkdir -p ~/.claude/projects/-p/memory && echo x > ~/.claude/projects/-p/memory/MEMORY.md")]
    [InlineData("mv ~/.claude/projects/-p/memory ~/.claude/projects/-p/memory.old")]
    [InlineData("cp -r ~/.claude/projects/-p ./copy")]
    [InlineData("ls ~/.claude/projects/*; du -sh ~/.claude/projects")]
    [InlineData("mkdir -p .claude/commands && echo x > .claude/commands/a.md")]
    [InlineData("cp a.md .claude/")]
    [InlineData("rm -rf .claude/commands/old")]
    [InlineData("rm -f .claude/commands/*")]
    [InlineData("rm -rf build *.log")]
    [InlineData("rm -rf node_modules/*")]
    [InlineData("chmod -R u+w .")]
    [InlineData("git add .claude/settings.json && git commit -m 'settings'")]
    [InlineData("git diff .claude/settings.json")]
    [InlineData("git checkout main")]
    [InlineData("git checkout -- src")]
    [InlineData("echo '{}' > tsconfig.json")]
    [InlineData("echo '{}' > docs/settings.json")]
    [InlineData("npm test && npm run build")]
    [InlineData("septim cost")]
    [InlineData("septim explain 'rm -rf /'")]
    [InlineData("septim budget")]
    [InlineData("septim uninstall --help")]
    [InlineData("septim audit")]
    [InlineData("septim ship")]
    [InlineData("claude -p 'fix the tests'")]
    [InlineData("claude -p x --settings harmless.json")]
    [InlineData("claude --settings '{\"model\":\"sonnet\"}' -p x")]
    [InlineData("claude --version")]
    [InlineData("claude mcp list")]
    [InlineData("npx -y @anthropic-ai/claude-code -p x")]
    [InlineData("echo 'claude --bare'")]
    [InlineData("echo 'rm .claude/settings.json'")]
    [InlineData("git commit -m 'do not rm .claude/settings.json'")]
    [InlineData("tar czf /tmp/x.tgz .claude")]
    public void Passes(string command)
    {
        var verdict = Judge(command);
        Assert.True(verdict.Kind == VerdictKind.Pass, verdict.Reason);
    }

    [Fact]
    public void Says_which_command_and_what_to_do()
    {
        var reason = Judge("echo ok && rm .claude/settings.json").Reason;
        Assert.StartsWith("`rm .claude/settings.json` changes", reason, StringComparison.Ordinal);
        Assert.Contains("ask the person who runs this session", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_an_unknown_program_may_run_is_asked_about() =>
        Assert.Equal(VerdictKind.Ask, Judge("mytool rm .claude/settings.json").Kind);

    [Fact]
    public void A_link_to_the_settings_is_no_way_round()
    {
        File.CreateSymbolicLink(Path.Combine(_session.Project, "notes.json"), Path.Combine(_session.Project, ".claude", "settings.json"));
        Assert.Equal(VerdictKind.Deny, Judge("echo '{}' > notes.json").Kind);
    }

    private Verdict Judge(string command) => _gate.Judge(_session.Call("Bash", $$"""{"command":{{JsonSerializer.Serialize(command)}}}"""));

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
