namespace Septim.Hooks.Gates.BashRules;

/// <summary>A package, image or release goes out to the world, or is taken back from it.</summary>
internal static class PkgPublish
{
    public static readonly BashRule Rule = new("pkg-publish", BashSeverity.High)
    {
        Reason = "what is published can be copied by anybody at once and cannot be taken back",
        Alternative = "npm publish --dry-run",
        Denies =
        [
            "npm publish",
            "pnpm publish --access public",
            "yarn npm publish",
            "npm unpublish pkg@1.0.0 --force",
            "npm deprecate pkg 'old'",
            "cargo publish --allow-dirty",
            "cargo yank --vers 1.0.0",
            "poetry publish --build",
            "twine upload dist/*",
            "python3 -m twine upload dist/*",
            "uv publish",
            "gem push x-1.0.0.gem",
            "mvn -B deploy",
            "./gradlew publish",
            "dotnet nuget push x.nupkg",
            "npx semantic-release",
            "lerna publish",
            "vsce publish",
            "helm push chart.tgz oci://r/x",
        ],
        Asks = ["docker push r/image:1", "goreleaser release", "npm version major && npm dist-tag add p@1 latest"],
        Passes =
        [
            "mvn release:prepare -DdryRun=true",
            "npm publish --dry-run",
            "npm pack",
            "npm run publish:docs",
            "cargo publish --dry-run",
            "cargo package",
            "poetry build",
            "twine check dist/*",
            "gem build x.gemspec",
            "mvn package",
            "./gradlew publishToMavenLocal",
            "./gradlew build",
            "goreleaser release --snapshot",
            "npm whoami",
            "npm publish --registry http://localhost:4873",
            "docker push localhost:5001/app:dev",
            "dotnet nuget push out/x.nupkg --source ./feed",
            "git commit -m 'npm publish'",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at) => Published(at) is { } finding && !LocalRegistry.Takes(at) ? finding : null;

    private static BashFinding? Published(RuleCase at)
    {
        if (at.AsksForHelp && at.Name != "cargo") return null;
        switch (at.Name)
        {
            case "npm" or "pnpm" or "yarn" or "bun" or "lerna" or "nx" or "changeset" or "release-it" or "np" or "semantic-release" or "standard-version" or "jsr" or "deno": return Npm(at);
            case "cargo": return Cargo(at);
            case "poetry" or "uv" or "flit" or "hatch" or "pdm" or "rye" or "maturin":
                var project = CommandPath.Read(at.Arguments, "-r --repository -u --username -p --password --directory --project -C -P --index --publish-url -t --token --cache-dir --config-file --color --python-preference --python-fetch --allow-insecure-host --env -e --data-dir");
                return project[0] is "publish" or "upload" && !project.IsHarmless ? BashFinding.Plain : null;
            case "publish-module" or "publish-script" or "publish-psresource": return at.HasArgument("-whatif") ? null : BashFinding.Plain;
            case "twine": return at.Argument(0) is "upload" ? BashFinding.Plain : null;
            case "python" or "python3": return Python(at);
            case "gem": return at.Argument(0) is "push" or "yank" ? BashFinding.Plain : at.Argument(0) is "owner" && (at.HasArgument("-a") || at.HasArgument("--add") || at.HasArgument("-r") || at.HasArgument("--remove")) ? new BashFinding(BashSeverity.Medium, Rights) : null;
            case "bundle" or "rake": return at.HasArgument("release") && at.Arguments.Length == 1 ? BashFinding.Plain : null;
            case "mvn" or "mvnw" or "mvn.cmd" or "mvnd": return Maven(at);
            case "gradle" or "gradlew" or "gradlew.bat": return Gradle(at);
            case "sbt": return HasTask(at, "publish") || HasTask(at, "publishSigned") || HasTask(at, "sonatypeRelease") || HasTask(at, "sonatypeBundleRelease") || HasTask(at, "release") || HasTask(at, "ci-release") ? BashFinding.Plain : null;
            case "lein": return at.Argument(0) == "deploy" ? BashFinding.Plain : null;
            case "dotnet" or "nuget":
                var nuget = CommandPath.Read(at.Arguments, "-s --source -k --api-key");
                return (nuget[0] == "nuget" ? nuget[1] : at.Name == "nuget" ? nuget[0] : "") is "push" or "delete" ? BashFinding.Plain : null;
            case "docker" or "podman" or "nerdctl" or "buildah":
                var image = ContainerTool.Path(at);
                return image[0] == "push" || (image[0] == "image" && image[1] == "push") || (image[0] is "manifest" or "compose" && image[1] == "push")
                    || ((image[0] is "build" or "buildx" || image[1] == "build") && image.Has("--push")) ? BashFinding.Medium : null;
            case "skopeo" or "crane" or "oras" or "regctl": return at.Argument(0) is "delete" ? BashFinding.Plain : at.Argument(0) is "copy" or "push" && (at.Name != "skopeo" || at.Arguments[^1].StartsWith("docker://")) ? BashFinding.Medium : null;
            case "helm": return at.Argument(0) is "push" or "cm-push" ? BashFinding.Plain : null;
            case "vsce" or "ovsx" or "web-ext": return at.Argument(0) is "publish" or "unpublish" or "sign" or "delete-publisher" ? BashFinding.Plain : null;
            case "goreleaser": return at.Argument(0) is "release" && !at.HasArgument("--snapshot") && !HasStart(at, "--skip=publish") ? BashFinding.Medium : null;
            case "dart" or "flutter" or "pub": return at.HasArgument("publish") && !at.HasArgument("--dry-run") && !at.HasArgument("-n") ? BashFinding.Plain : null;
            case "pod": return at.Argument(0) == "trunk" && at.Argument(1) is "push" or "delete" or "deprecate" ? BashFinding.Plain : null;
            case "mix": return !at.HasArgument("--dry-run") && at.Argument(0) is "hex.publish" or "hex.retire" ? BashFinding.Plain : null;
            case "cabal" or "stack": return at.Argument(0) is "upload" ? BashFinding.Plain : null;
            case "opam" or "nimble" or "rebar3" or "shards" or "ko": return at.Argument(0) is "publish" || at.Argument(1) is "publish" && at.Argument(0) is "hex" ? BashFinding.Plain : null;
            case "ollama": return at.Argument(0) is "push" ? BashFinding.Medium : null;
            case "conda" or "anaconda" or "quetz-client": return at.Argument(0) is "upload" or "remove" && at.Name != "conda" ? BashFinding.Plain : null;
            case "release-plz" or "auto": return at.Argument(0) is "release" or "shipit" && !at.HasArgument("--dry-run") ? BashFinding.Plain : null;
            case "clojure" or "clj": return at.HasArgument("-X:deploy") || ((HasStart(at, "-T") || HasStart(at, "-X")) && at.HasArgument("deploy")) ? BashFinding.Plain : null;
            case "mill": return HasStart(at, "mill.scalalib.PublishModule") || HasStart(at, "mill.scalalib.SonatypeCentralPublishModule") ? BashFinding.Plain : null;
            case "pack": return at.Argument(0) == "build" && at.HasArgument("--publish") ? BashFinding.Medium : null;
            case "executor" or "kaniko": return at.HasArgument("--no-push") || !at.HasArgument("--destination") && !HasStart(at, "--destination=") ? null : BashFinding.Medium;
            case "huggingface-cli" or "hf": return at.Argument(0) is "upload" or "upload-large-folder" or "delete-cache" ? BashFinding.Medium : null;
            case "snapcraft" or "charmcraft": return at.Argument(0) is "upload" or "push" or "release" ? BashFinding.Plain : null;
            case "fastlane" or "eas": return at.HasArgument("release") || at.HasArgument("deliver") || at.HasArgument("submit") || at.HasArgument("--auto-submit") || at.HasArgument("--auto-submit-with-profile") || at.HasArgument("supply") || (at.HasArgument("pilot") && at.HasArgument("upload")) || at.HasArgument("upload_to_testflight") || at.HasArgument("upload_to_app_store") || at.HasArgument("upload_to_play_store") ? BashFinding.Medium : null;
            case "conan" or "luarocks" or "cpanm" or "composer": return at.Argument(0) is "upload" ? BashFinding.Plain : null;
            case "clawhub" or "smithery": return at.HasArgument("publish") ? BashFinding.Plain : null;
            default: return null;
        }
    }

    private const string Rights = "it changes who may publish or read the package";

    private static BashFinding? Npm(RuleCase at)
    {
        // Why: -w names a workspace to npm, and is pnpm's flag for the root.
        var path = CommandPath.Read(at.Arguments, (at.Name == "pnpm" ? "--reporter " : "-w --reporter ") + "--prefix -C --dir --filter -F --registry --workspace --tag --otp --access --loglevel --cwd --userconfig --include --exclude --from -j --jobs");
        if (path.IsHarmless) return null;
        var place = at.Name == "yarn" ? YarnVerb(path) : path[0] is "recursive" or "multi" or "m" && at.Name == "pnpm" ? 1 : 0;
        var verb = path[place];
        var second = path[place + 1];
        if (at.Name is "release-it" or "np" or "semantic-release") return path.HasAny("--dry-run", "--no-npm.publish", "--no-publish") || path.Has("-d") ? null : BashFinding.Plain;
        if (at.Name == "nx") return verb == "release" ? BashFinding.Plain : null;
        // Why: npm takes any abbreviation that is nobody else's.
        if (verb is "publish" or "unpublish" or "pub" or "publ" or "publi" or "publis" or "unpub" or "deprecate" or "undeprecate" || (at.Name == "yarn" && verb == "unpublish")) return BashFinding.Plain;
        if (at.Name is "lerna" or "standard-version" or "changeset") return null;
        if (verb is "dist-tag" or "dist-tags" or "tag") return second is "add" or "rm" or "remove" ? new BashFinding(BashSeverity.Medium, "it changes which version others get") : null;
        if (verb is "owner" or "access" or "team" or "token" or "author" or "hook" or "org") return second is "add" or "rm" or "remove" or "grant" or "revoke" or "set" or "create" or "delete" or "destroy" or "public" or "restricted" ? new BashFinding(BashSeverity.Medium, Rights) : null;
        return null;
    }

    /// <summary><c>yarn workspace app npm publish</c>, <c>yarn workspaces foreach npm publish</c>: where the verb stands.</summary>
    private static int YarnVerb(CommandPath path)
    {
        var at = path[0] is "workspace" || (path[0] is "workspaces" && path[1] is "foreach") ? 2 : 0;
        return path[at] is "npm" ? at + 1 : at;
    }

    private static BashFinding? Cargo(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "--manifest-path -p --package --registry --index --token --target-dir -j --jobs --color --config -Z -C --vers --version --add --remove");
        if (path.Count > 0 && path[0].StartsWith('+')) return path.IsHarmless ? null : path[1] is "publish" or "yank" ? BashFinding.Plain : path[1] is "owner" && path.Has("--add", "--remove") ? BashFinding.Medium : null;
        // Why: `cargo yank --version 1.0.0` names a version; it does not ask for cargo's own.
        if (path[0] == "yank") return path.Has("--help") ? null : BashFinding.Plain;
        if (path[0] == "owner") return path.Has("--add", "--remove") ? new BashFinding(BashSeverity.Medium, Rights) : null;
        return (path[0] is "publish" || path[0] is "workspaces" or "ws" && path[1] is "publish") && !path.Has("--dry-run", "-n") && !path.Has("--help") ? BashFinding.Plain
            : path[0] is "release" or "smart-release" && (path.Has("--execute", "-x") || path.Has("--no-confirm")) ? BashFinding.Plain : null;
    }

    private static BashFinding? Python(RuleCase at)
    {
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            if (at.Arguments[i].Is("-m")) return at.Argument(i + 1) is "twine" && at.Argument(i + 2) is "upload" || (at.Argument(i + 1) is "flit" or "poetry" or "uv" && at.Argument(i + 2) is "publish") ? BashFinding.Plain : null;
            if (at.Arguments[i].Is("setup.py")) return at.HasArgument("upload") || at.HasArgument("register") ? BashFinding.Plain : null;
            if (!at.Arguments[i].StartsWith("-")) return null;
        }
        return null;
    }

    private static BashFinding? Maven(RuleCase at)
    {
        if (at.HasArgument("-DdryRun=true") || at.HasArgument("-DdryRun") || at.HasArgument("-Dmaven.deploy.skip=true") || at.HasArgument("-Dmaven.deploy.skip")) return null;
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is "deploy" or "release:perform" or "release:prepare" or "deploy:deploy" or "deploy:deploy-file" or "jar:jar deploy" or "nexus-staging:release" or "central-publishing:publish" || argument.Text?.Contains("maven-deploy-plugin", StringComparison.Ordinal) == true && argument.Text.EndsWith(":deploy", StringComparison.Ordinal)) return BashFinding.Plain;
            if (argument.Text is "jib:build" || argument.Text?.EndsWith("jib-maven-plugin:build", StringComparison.Ordinal) == true) return BashFinding.Medium;
        }
        return null;
    }

    private static BashFinding? Gradle(RuleCase at)
    {
        if (at.HasArgument("--dry-run") || at.HasArgument("-m")) return null;
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith("-") || argument.Text is not { } task) continue;
            var leaf = task[(task.LastIndexOf(':') + 1)..];
            if (leaf.StartsWith("publish", StringComparison.Ordinal) && !leaf.Contains("MavenLocal", StringComparison.Ordinal) || leaf is "jib" or "dockerPush" or "uploadArchives" or "bintrayUpload" or "closeAndReleaseRepository" or "release") return BashFinding.Plain;
        }
        return null;
    }

    private static bool HasTask(RuleCase at, string task)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is { } text && (text == task || text == "+" + task || text.EndsWith("/" + task, StringComparison.Ordinal) || text.StartsWith(task + " ", StringComparison.Ordinal))) return true;
        }
        return false;
    }

    private static bool HasStart(RuleCase at, string text)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith(text)) return true;
        }
        return false;
    }
}
