using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A registry on this machine or a folder that serves as one: what goes there reaches nobody else.</summary>
internal static class LocalRegistry
{
    /// <summary>All that the command publishes goes to such a place.</summary>
    public static bool Takes(RuleCase at) => at.Name switch
    {
        "npm" or "pnpm" or "yarn" or "bun" => IsLocal(Value(at, "--registry")),
        "twine" or "python" or "python3" => IsLocal(Value(at, "--repository-url")),
        "uv" => IsLocal(Value(at, "--publish-url")),
        "gem" => IsLocal(Value(at, "--host")),
        "dotnet" or "nuget" => IsFeed(at, Value(at, "--source", "-s", "-Source")),
        "mvn" or "mvnw" or "mvnd" => IsFolder(Value(at, "-DaltDeploymentRepository")),
        "helm" or "skopeo" or "crane" or "oras" or "regctl" => at.Arguments.Length > 0 && IsImage(at.Arguments[^1]),
        "docker" or "podman" or "nerdctl" or "buildah" => TakesImages(at),
        _ => false,
    };

    private static bool IsLocal(Word? url) => url is not null && NetworkTool.IsLocalUrl(url);

    /// <summary>NuGet takes a folder for a feed.</summary>
    private static bool IsFeed(RuleCase at, Word? source) => source is not null
        && (NetworkTool.IsLocalUrl(source) || (source.Shown.AsSpan().IndexOfAny('/', '\\') >= 0 && !source.Shown.Contains("://", StringComparison.Ordinal) && at.PlaceOf(source).Kind is PlaceKind.Project or PlaceKind.Temp or PlaceKind.Home));

    /// <summary><c>id::default::file:./target/repo</c>.</summary>
    private static bool IsFolder(Word? repository) => repository?.Shown.Contains("::file:", StringComparison.Ordinal) == true;

    /// <summary><c>localhost:5000/app</c>, <c>oci://localhost:5000/charts</c>, <c>docker://127.0.0.1:5000/app</c>.</summary>
    private static bool IsImage(Word image)
    {
        var text = image.Prefix.AsSpan();
        var scheme = text.IndexOf("://");
        if (scheme >= 0) text = text[(scheme + 3)..];
        return text.StartsWith("localhost:") || text.StartsWith("localhost/") || text.StartsWith("127.0.0.1:");
    }

    /// <summary>Every image that is pushed, or every tag of a build that pushes.</summary>
    private static bool TakesImages(RuleCase at)
    {
        var path = ContainerTool.Path(at);
        if (path[0] == "push" || (path[0] == "image" && path[1] == "push")) return path.Count > 1 && IsImage(path.Words[^1]);
        var any = false;
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            var tag = at.Arguments[i].Text is "-t" or "--tag" && i + 1 < at.Arguments.Length ? at.Arguments[i + 1] : at.Arguments[i].StartsWith("--tag=") ? at.Arguments[i].From(6) : null;
            if (tag is null) continue;
            if (!IsImage(tag)) return false;
            any = true;
        }
        return any && !path.HasAny("-o", "--output");
    }

    /// <summary>The value of an option, joined by a sign or next to it.</summary>
    private static Word? Value(RuleCase at, params ReadOnlySpan<string> names)
    {
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            foreach (var name in names)
            {
                if (at.Arguments[i].Is(name)) return i + 1 < at.Arguments.Length ? at.Arguments[i + 1] : null;
                if (at.Arguments[i].StartsWith(name + "=")) return at.Arguments[i].From(name.Length + 1);
            }
        }
        return null;
    }
}
