using System.Text;
using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Says of a path operand where it lies (bash-policy §2): <c>..</c> normalised, globs and unknown parts understood, links followed.</summary>
internal static class PathClass
{
    /// <summary>Stands for a glob piece while a path is normalised.</summary>
    private const char Glob = '\uE000';

    /// <summary>Stands for an unknown piece.</summary>
    private const char Hole = '\uE001';

    private const int MaxLinks = 8;

    /// <param name="path">The operand.</param>
    /// <param name="directory">The working directory; null when unknown.</param>
    /// <param name="setting">Home, project, temp.</param>
    /// <param name="isRemote">On another machine: nothing is inside the project, temp stays temp.</param>
    public static Place Of(Word path, string? directory, RuleSetting setting, bool isRemote)
    {
        if (path.Text is { } text && !path.HasGlob)
        {
            return WindowsPath.InProject(text, setting.ProjectRoot) ?? WindowsPath.Of(text) ?? Known(Absolute(directory, text, isRemote), setting, isRemote);
        }
        if (path.IsFreshTemp) return new Place(PlaceKind.Temp, setting.Shell.TempDirectory, true);
        var shape = Shape(path);
        if ((WindowsPath.InProject(shape, setting.ProjectRoot) ?? WindowsPath.Of(shape)) is { } drive) return drive with { IsPattern = true };
        if (shape.Length > 0 && shape[0] == Hole) return IsGlobName(path.Pieces[0]) ? OfGlobName(directory, shape, setting, isRemote) : FromVariable(path, shape);
        return Absolute(directory, shape, isRemote) is { } whole ? Pattern(whole, setting, isRemote) : Place.Unknown;
    }

    /// <summary>The class of a path that is wholly known and absolute; null (unknown) passes through.</summary>
    public static Place Known(string? path, RuleSetting setting, bool isRemote = false)
    {
        if (path is null) return Place.Unknown;
        var place = new Place(Classify(path, setting, isRemote), path, false);
        return isRemote || setting.Shell.Probe is null || place.IsSystem || place.Kind == PlaceKind.Nowhere ? place : Follow(place, setting);
    }

    private static string? Absolute(string? directory, string path, bool isRemote)
    {
        // Why: a relative path on another machine lies in a home there that we know nothing of; it is outside all the same.
        if (isRemote && directory is null && !path.StartsWith('/')) return "/~/" + path;
        return ShellPath.Absolute(directory, path);
    }

    private static string Shape(Word path)
    {
        var shape = new StringBuilder();
        foreach (var piece in path.Pieces)
        {
            if (piece.Kind == PieceKind.Literal) shape.Append(piece.Text);
            else if (piece.Kind == PieceKind.Number) shape.Append('0');
            else shape.Append(piece.Kind == PieceKind.Glob ? Glob : Hole);
        }
        return shape.ToString();
    }

    /// <summary>What <c>for d in */</c> puts into its variable: some name of the working directory, never empty and never absolute.</summary>
    private static bool IsGlobName(WordPiece piece) =>
        piece is { Kind: PieceKind.Substitution, From: null, Text.Length: > 0 } && piece.Text.AsSpan().IndexOfAnyExcept("*?") < 0;

    /// <summary>As the glob itself, but that each name by itself is a question where all of them are the project.</summary>
    private static Place OfGlobName(string? directory, string shape, RuleSetting setting, bool isRemote) =>
        !shape.Contains("/.", StringComparison.Ordinal) && Absolute(directory, Glob + shape[1..], isRemote) is { } whole && Pattern(whole, setting, isRemote) is { Kind: not PlaceKind.ProjectRoot } place ? place : Place.Unknown;

    private static Place FromVariable(Word path, string shape)
    {
        var isWhole = shape.Length == 1 || shape[1..].Trim('/').Trim(Glob, '.').Length == 0;
        return path.StartsWithVariable switch
        {
            "HOME" => new Place(isWhole ? PlaceKind.HomeRoot : PlaceKind.Home, "", true),
            ['~', ..] => new Place(isWhole ? PlaceKind.HomeRoot : PlaceKind.Home, "", true),
            "TMPDIR" or "TMP" or "TEMP" or "RUNNER_TEMP" when shape.Length > 1 && !shape.Contains("..", StringComparison.Ordinal) =>
                new Place(isWhole ? PlaceKind.TempRoot : PlaceKind.Temp, "", true),
            _ => Place.Unknown,
        };
    }

    /// <summary>A normalised path with stand-ins: what the known directory above the first of them makes of it.</summary>
    private static Place Pattern(string whole, RuleSetting setting, bool isRemote)
    {
        var at = whole.AsSpan().IndexOfAny(Glob, Hole);
        if (at < 0) return Known(whole, setting, isRemote);
        var slash = whole.LastIndexOf('/', at);
        var parent = slash <= 0 ? "/" : whole[..slash];
        var rest = whole.AsSpan(slash + 1);
        var end = rest.IndexOf('/');
        var component = end < 0 ? rest : rest[..end];
        var isHole = component.Contains(Hole);
        // All that is below the parent: `*`, `.*`, `*/*`; or possibly the parent itself: `$X` may be empty.
        var isAll = rest.IndexOfAnyExcept(Glob, '.', '/') < 0 || component.Trim(Hole).IsEmpty;
        var kind = Known(parent, setting, isRemote).Kind;
        kind = kind switch
        {
            PlaceKind.ProjectRoot when isHole && isAll => PlaceKind.Unknown,
            PlaceKind.ProjectRoot => isAll ? kind : IsGitPattern(component) ? PlaceKind.Git : PlaceKind.Project,
            PlaceKind.HomeRoot when !isAll => PlaceKind.Home,
            PlaceKind.TempRoot => isHole && isAll ? PlaceKind.TempRoot : PlaceKind.Temp,
            _ => kind,
        };
        return new Place(kind, parent, true);
    }

    /// <summary><c>.git*</c>, <c>.gi?</c>: it matches the repository itself.</summary>
    private static bool IsGitPattern(ReadOnlySpan<char> component)
    {
        var known = component[..component.IndexOfAny(Glob, Hole)];
        return known.Length >= 2 && component[^1] == Glob && ".git".AsSpan().StartsWith(known) && !component.Contains(Hole);
    }

    private static PlaceKind Classify(string path, RuleSetting setting, bool isRemote)
    {
        if (path == "/") return PlaceKind.SystemRoot;
        if (path.StartsWith("/dev/", StringComparison.Ordinal) && path != "/dev/shm" && !path.StartsWith("/dev/shm/", StringComparison.Ordinal))
            return IsStream(path) ? PlaceKind.Nowhere : PlaceKind.Device;
        if (!isRemote)
        {
            var root = setting.ProjectRoot;
            if (path == root) return PlaceKind.ProjectRoot;
            if (IsUsableProject(root, setting) && ShellPath.IsAtOrBelow(path, root))
                return HasGitComponent(path.AsSpan(root.Length)) ? PlaceKind.Git : PlaceKind.Project;
        }
        // Why: a home below /tmp (a container, a test) is a home all the same, and so is what holds it.
        if (!isRemote && setting.Home.Length > 1 && ShellPath.IsAtOrBelow(setting.Home, path) && SystemPaths.Temp(path, "") is not null) return PlaceKind.HomeRoot;
        if (SystemPaths.Temp(path, setting.Shell.TempDirectory) is { } temp) return temp;
        if (!isRemote && ShellPath.IsAtOrBelow(setting.ProjectRoot, path) && !SystemPaths.IsSystem(path)) return PlaceKind.HomeRoot;
        if (!isRemote && ShellPath.IsAtOrBelow(path, setting.Home))
            return path.Length == setting.Home.Length ? PlaceKind.HomeRoot : PlaceKind.Home;
        return SystemPaths.Home(path) ?? (SystemPaths.IsSystem(path) ? PlaceKind.System : PlaceKind.Outside);
    }

    /// <summary>A session that was started in <c>/</c>, in a home or in <c>/etc</c> does not make all of it a project.</summary>
    private static bool IsUsableProject(string root, RuleSetting setting) =>
        root.Length > 1
        && (root.LastIndexOf('/') > 0 || !SystemPaths.IsSystem(root))
        && !ShellPath.IsAtOrBelow(setting.Home, root)
        && SystemPaths.Home(root) is not PlaceKind.HomeRoot;

    private static bool IsStream(string path) => path is "/dev/null" or "/dev/stdin" or "/dev/stdout" or "/dev/stderr" or "/dev/tty"
            or "/dev/zero" or "/dev/full" or "/dev/random" or "/dev/urandom"
        || path.StartsWith("/dev/fd/", StringComparison.Ordinal) || path.StartsWith("/dev/pts/", StringComparison.Ordinal)
        || path.StartsWith("/dev/tcp/", StringComparison.Ordinal) || path.StartsWith("/dev/udp/", StringComparison.Ordinal);

    private static bool HasGitComponent(ReadOnlySpan<char> below)
    {
        // Why: to look for the dot is much faster than to look for a name in any case.
        for (var at = below.IndexOf("/."); at >= 0; at = below.IndexOf("/."))
        {
            below = below[(at + 1)..];
            if (below.StartsWith(".git", StringComparison.OrdinalIgnoreCase) && (below.Length == 4 || below[4] == '/')) return true;
        }
        return false;
    }

    /// <summary>The worst of the path and of what the links on it lead to.</summary>
    private static Place Follow(Place place, RuleSetting setting)
    {
        var path = place.Path;
        var worst = place;
        for (var hops = 0; hops < MaxLinks; hops++)
        {
            if (NextTarget(path, setting) is not { } target) break;
            path = target;
            var kind = Classify(path, setting, isRemote: false);
            if (kind > worst.Kind) worst = new Place(kind, path, place.IsPattern);
        }
        return path == place.Path ? worst : worst with { Target = path };
    }

    private static string? NextTarget(string path, RuleSetting setting)
    {
        // Why: the project root and home are taken as given; only what lies below them may be a surprise.
        var from = ShellPath.IsAtOrBelow(path, setting.ProjectRoot) && setting.ProjectRoot.Length > 1 ? setting.ProjectRoot.Length + 1 : 1;
        while (from <= path.Length)
        {
            var slash = path.IndexOf('/', Math.Min(from, path.Length));
            var end = slash < 0 ? path.Length : slash;
            var fact = setting.Shell.Probe!(path[..end]);
            if (fact.LinkTarget is { } target) return ShellPath.Absolute("/", target + path[end..]);
            // Why: nothing lies below what is not there.
            if (!fact.Exists) return null;
            from = end + 1;
        }
        return null;
    }
}
