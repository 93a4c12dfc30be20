using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Tools that remove: rm and its kin, find and fd with a removing action.</summary>
internal static class RemovingTools
{
    private static readonly OptionTable s_rm = new("firvdIP", "force recursive interactive=? one-file-system no-preserve-root preserve-root=? dir verbose help version");
    private static readonly OptionTable s_rimraf = new("gGivVh", "impl= tmp= max-retries= backoff= retry-delay= preserve-root glob no-glob dry-run force");
    private static readonly OptionTable s_shred = new("fn:s:uvxz", "force iterations= random-source= size= remove=? verbose exact zero");
    private static readonly OptionTable s_fd = new("HILsE:t:e:S:d:x:X:c:j:p0g", "hidden no-ignore exclude= type= extension= size= max-depth= min-depth= exec= exec-batch= base-directory= search-path= changed-within= changed-before= owner= color= glob full-path")
    {
        StopsAtOperand = false,
    };

    public static void Add(RuleCase at, List<FileEffect> effects)
    {
        switch (at.Name)
        {
            case "find": FindTool.Add(at, effects); break;
            case "rimraf" or "del-cli" or "rmtrash" or "premove":
                FileEffects.AddAll(at, effects, FileEffectKind.RemoveTree, OptionReader.Read(at.Arguments, s_rimraf).Operands);
                break;
            case "shred" or "wipe" or "scrub":
                FileEffects.AddAll(at, effects, FileEffectKind.Shred, OptionReader.Read(at.Arguments, s_shred).Operands);
                break;
            default: Rm(at, effects); break;
        }
    }

    private static void Rm(RuleCase at, List<FileEffect> effects)
    {
        // Why: rmdir takes empty directories only, and they are made again in no time.
        if (at.Name == "rmdir") return;
        var given = OptionReader.Read(at.Arguments, s_rm);
        if (given.Has("--help", "--version")) return;
        var tree = given.Has("-r", "-R", "--recursive") || given.MayHaveMore;
        var kind = tree ? FileEffectKind.RemoveTree : FileEffectKind.Remove;
        var isForced = given.Has("-f", "--force");
        effects.EnsureCapacity(effects.Count + given.Operands.Count);
        foreach (var operand in given.Operands)
        {
            // Why: no file has the empty name, and rm does nothing with it; a path that is taken to a directory would be the directory.
            if (operand.Text is "" || Selected(at, operand, kind, effects)) continue;
            effects.Add(new FileEffect(kind, operand, at.PlaceOf(operand)) { IsForced = isForced });
        }
    }

    /// <summary>
    /// The operand is what a find found: <c>-exec rm {}</c>, <c>find … | xargs rm</c>, <c>find … | while read f; do rm "$f"</c>.
    /// Each of its roots is an effect.
    /// </summary>
    private static bool Selected(RuleCase at, Word operand, FileEffectKind kind, List<FileEffect> effects)
    {
        if (!operand.HasUnknown) return false;
        var selected = false;
        var isPlaced = operand.Pieces.Length > 1;
        foreach (var piece in operand.Pieces)
        {
            if (piece.From is null || piece.Kind == PieceKind.Literal) continue;
            // Why: what was read into a variable went through the command's own tests; in the project that is a question, elsewhere it is not.
            var isRead = piece.Kind != PieceKind.Substitution;
            if (isRead && !ReferenceEquals(piece, operand.Pieces[0])) continue;
            foreach (var source in piece.From.From)
            {
                if (source.Name is "sort" or "head" or "tail" or "uniq" or "xargs" or "tac" or "grep" or "egrep" or "rg") continue;
                if (source.Name is not ("find" or "fd" or "fdfind")) return selected;
                var finder = Narrowed(source.Name == "find" ? at.Of(source).Finder : FdReading(at.Of(source)), piece.From, source, at);
                if (isPlaced && !isRead)
                {
                    var root = Before(operand);
                    effects.Add(new FileEffect(kind, root, at.PlaceOf(root)) { IsSelection = true, Finder = finder });
                    return true;
                }
                foreach (var root in finder.Roots)
                {
                    var place = PathClass.Of(root, source.Directory, at.Setting, source.IsRemote);
                    if (isRead && !place.IsFar && (isPlaced || !finder.OnlyBuildProducts)) continue;
                    effects.Add(new FileEffect(kind, root, place) { IsSelection = true, Finder = finder });
                    selected = true;
                }
                selected |= !isRead;
            }
        }
        return selected;
    }

    /// <summary><c>find . | grep '\.pyc$' | xargs rm</c>: of what is found, what the pattern lets through.</summary>
    private static FindTool.Reading Narrowed(FindTool.Reading finder, Feed names, Invocation find, RuleCase at)
    {
        foreach (var source in names.From)
        {
            // Why: beside a second list, a filter of the first says nothing of what is removed.
            if (source.Name is "find" or "fd" or "fdfind" && source != find) return finder;
            if (source.Name is not ("grep" or "egrep" or "rg") || Array.IndexOf(source.Input.From, find) < 0) continue;
            var given = OptionReader.Read(source.Arguments, ReadingTools.Grep);
            if (given.MayHaveMore || given.Has("-v", "--invert-match") || (given.Value("-e", "--regexp") ?? (given.Operands.Count > 0 ? given.Operands[0] : null))?.Text is not { } pattern) continue;
            finder = finder with { IsFiltered = true, OnlyBuildProducts = finder.OnlyBuildProducts || (!given.Has("-F", "--fixed-strings") && BuildProducts.AreAllOf(pattern, isWhole: false)) };
        }
        return finder;
    }

    private static Word Before(Word operand)
    {
        var pieces = new List<WordPiece>(operand.Pieces);
        pieces.RemoveAt(pieces.Count - 1);
        return new Word([.. pieces]);
    }

    /// <summary>fd as a find; what it runs is an invocation of its own.</summary>
    private static FindTool.Reading FdReading(RuleCase at)
    {
        // Why: behind the action stand its own words, not fd's.
        var action = Array.FindIndex(at.Arguments, static word => word.Text is "-x" or "-X" or "--exec" or "--exec-batch");
        var given = OptionReader.Read(action < 0 ? at.Arguments : at.Arguments.AsSpan(0, Math.Min(action + 2, at.Arguments.Length)), s_fd);
        var root = given.Operands.Count > 1 && !given.Operands[1].StartsWith("-") ? given.Operands[1] : given.Value("--search-path", "--base-directory") ?? Word.Of(".");
        return new FindTool.Reading([root], given.Operands.Count > 0 || given.Has("-e", "--extension"), SelectsProducts(given), false);
    }

    /// <summary><c>fd -e pyc</c>, <c>fd -g '*.pyc'</c>, <c>fd '\.pyc$'</c>, <c>fd '^__pycache__$'</c>.</summary>
    private static bool SelectsProducts(OptionReading given)
    {
        var isByEnding = given.Has("-e", "--extension");
        foreach (var ending in given.Values("-e", "--extension")) isByEnding &= BuildProducts.Has("*." + ending.Shown);
        if (isByEnding) return true;
        if (given.Operands is not [{ Text: { } pattern }, ..]) return false;
        if (given.Has("-g", "--glob")) return BuildProducts.Has(pattern);
        // Why: a name with an underscore is hardly a part of another one, as `build` is of `builder`.
        if (pattern is "node_modules" or "__pycache__") return true;
        return BuildProducts.AreAllOf(pattern, isWhole: false) || (pattern is ['^', .. var name, '$'] && BuildProducts.Has(name.Replace("\\.", ".", StringComparison.Ordinal)));
    }
}
