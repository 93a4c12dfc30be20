using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A secret file is deleted, moved away or emptied.</summary>
internal static class SecretDestroy
{
    public static readonly BashRule Rule = new("secret-destroy", BashSeverity.High)
    {
        Reason = "a lost key or secret cannot be made again",
        Alternative = "cp .env.example .env.new",
        Denies =
        [
            "rm ~/.ssh/id_rsa",
            "> .env",
            "ssh-add -D",
            "truncate -s 0 .env",
            "rm -f ~/.aws/credentials",
            "mv ~/.ssh/id_ed25519 /tmp/",
            "mv ~/.ssh /tmp",
            "gpg --delete-secret-keys me",
            "echo token > ~/.git-credentials",
            "security delete-keychain login.keychain",
            "cp /dev/null .env",
        ],
        Asks =
        [
            "rm .env",
            "mv .env old",
        ],
        Passes =
        [
            "chmod 600 .env",
            "echo K=v >> .env",
            "cp .env.example .env",
            "rm .env.example",
            "rm ~/.ssh/known_hosts.old --help",
            "ssh-add -l",
            "rm -f /tmp/test/.env",
            "rm tests/fixtures/cert.pem",
        ],
        Judge = Judge,
    };

    private static readonly OptionTable s_keygen = new("ypleqvBchHiKLsUxg?A:a:b:C:D:E:F:f:G:I:J:j:K:k:m:M:N:n:O:P:R:r:S:s:t:V:W:w:Y:z:");

    private static BashFinding? Judge(RuleCase at)
    {
        switch (at.Name)
        {
            case "ssh-add": return at.HasArgument("-D") ? BashFinding.Plain : at.HasArgument("-d") ? BashFinding.Medium : null;
            case "gpg" or "gpg2": return Names(at, "--delete-secret-key") || Names(at, "--delete-secret-and-public-key") ? BashFinding.Plain : null;
            // Why: it asks before it overwrites, and somebody answers for it.
            case "ssh-keygen" when at.Invocation.Input is { Content: not null } or { From.Length: > 0 }:
                var made = OptionReader.Read(at.Arguments, s_keygen);
                return !made.Has("-y", "-p", "-l") && !made.Has("-R", "-F", "-e") && made.Value("-f") is { } key && at.PlaceOf(key) is { IsHome: true } place && SecretFile.Is(key, place) ? BashFinding.Plain : null;
            case "security": return at.Argument(0) is "delete-keychain" or "delete-generic-password" or "delete-internet-password" or "delete-identity" ? BashFinding.Plain : null;
        }
        foreach (var effect in at.Effects)
        {
            if (!effect.Loses || effect.Place.Kind is PlaceKind.Temp or PlaceKind.Nowhere || effect.IsSelection) continue;
            if (!(effect.Kind is FileEffectKind.MoveAway ? SecretFile.IsOrHolds(effect.Path, effect.Place) && effect.Place.Kind != PlaceKind.HomeRoot : SecretFile.Is(effect.Path, effect.Place with { Target = null }))) continue;
            if (effect.Kind == FileEffectKind.MoveAway && at.Name == "mv" && IsPutInPlace(effect, at)) continue;
            // Why: a new .env in the project is daily work; a key in a home directory was somebody's.
            if (effect.Kind == FileEffectKind.Write && (effect.Place.Kind is PlaceKind.Project or PlaceKind.Unknown or PlaceKind.ProjectRoot)) continue;
            return effect.Kind == FileEffectKind.Empty || effect.Place.Kind is not (PlaceKind.Project or PlaceKind.Unknown) ? BashFinding.Plain : BashFinding.Medium;
        }
        return null;
    }

    /// <summary><c>mv .env.tmp .env</c>: what was written beside a file of settings takes its place.</summary>
    private static bool IsPutInPlace(FileEffect moved, RuleCase at) => moved.Place.Kind == PlaceKind.Project && at.Arguments[^1] is var target && at.PlaceOf(target) is { Kind: PlaceKind.Project } place
        && SecretFile.IsSettings(target, place) && moved.Path.Shown.StartsWith(target.Shown + ".", StringComparison.Ordinal);

    private static bool Names(RuleCase at, string prefix)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith(prefix)) return true;
        }
        return false;
    }
}
