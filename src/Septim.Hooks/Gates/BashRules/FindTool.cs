using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>find: where it starts, what it selects, what it does to it.</summary>
internal static class FindTool
{
    /// <summary>What is read of one find command.</summary>
    /// <param name="Roots">Where it starts; <c>.</c> when none is given.</param>
    /// <param name="IsFiltered">A test narrows what is found by name, path, age, size or the like.</param>
    /// <param name="OnlyBuildProducts">Every name that it can match is a known build product, or an empty directory.</param>
    /// <param name="Deletes"><c>-delete</c>; what <c>-exec</c> runs are invocations of their own.</param>
    internal sealed record Reading(Word[] Roots, bool IsFiltered, bool OnlyBuildProducts, bool Deletes)
    {
        public Word? WritesTo { get; init; }
    }

    public static void Add(RuleCase at, List<FileEffect> effects)
    {
        var found = at.Finder;
        if (found.WritesTo is not null) FileEffects.AddOne(at, effects, FileEffectKind.Write, found.WritesTo);
        if (!found.Deletes) return;
        foreach (var root in found.Roots)
        {
            effects.Add(new FileEffect(FileEffectKind.RemoveTree, root, at.PlaceOf(root)) { IsSelection = true, IsForced = true, Finder = found });
        }
    }

    private static bool HasAction(Word[] arguments, int from)
    {
        for (var i = from; i < arguments.Length; i++)
        {
            if (arguments[i].Text is "-delete" or "-print" or "-print0" or "-exec" or "-execdir" or "-ok" or "-okdir") return true;
        }
        return false;
    }

    public static Reading Read(Word[] arguments)
    {
        var roots = new List<Word>();
        var i = 0;
        while (i < arguments.Length && arguments[i].Text is "-H" or "-L" or "-P" or "-O1" or "-O2" or "-O3") i++;
        for (; i < arguments.Length; i++)
        {
            if (arguments[i].StartsWith("-") || arguments[i].Text is "(" or "!" or ")") break;
            roots.Add(arguments[i]);
        }
        bool filtered = false, deletes = false, named = false, products = true, empty = false, directories = false, isBelow = false, acts = false;
        // Why: in `( A -o B ) ! C` the negation narrows; in `A -o ! C` it takes all the rest.
        int depth = 0, choice = int.MaxValue, negation = -1;
        Word? writesTo = null;
        for (; i < arguments.Length; i++)
        {
            var isNegated = i > 0 && arguments[i - 1].Text is "!" or "-not";
            switch (arguments[i].Text)
            {
                case "(": depth++; break;
                case ")": depth--; break;
                case "-o" or "-or" or ",": choice = Math.Min(choice, depth); break;
                // Why: with an action behind it, the side of a choice that prunes is only left out.
                case "-prune" when depth == 0 && !acts && i + 1 < arguments.Length && arguments[i + 1].Text is "-o" or "-or" && HasAction(arguments, i + 1):
                    (filtered, named, products, empty, directories, isBelow, choice, negation) = (false, false, true, false, false, false, int.MaxValue, -1);
                    i++;
                    break;
                case "-name" or "-iname" or "-path" or "-ipath" or "-wholename" or "-iwholename" or "-regex" or "-iregex" when isNegated:
                    filtered = true;
                    negation = Math.Max(negation, depth);
                    i++;
                    break;
                case "-delete": deletes = acts = true; break;
                case "-print" or "-print0": acts = true; break;
                case "-exec" or "-execdir" or "-ok" or "-okdir":
                    acts = true;
                    while (i < arguments.Length && arguments[i].Text is not (";" or "+")) i++;
                    break;
                case "-name" or "-iname":
                    named = filtered = true;
                    products &= BuildProducts.Has(i + 1 < arguments.Length ? arguments[i + 1].Shown : "");
                    i++;
                    break;
                case "-path" or "-ipath" or "-wholename" or "-iwholename" or "-regex" or "-iregex":
                    filtered = true;
                    if (i + 1 < arguments.Length && (arguments[i].Text!.EndsWith("regex", StringComparison.Ordinal)
                        ? BuildProducts.AreAllOf(arguments[i + 1].Shown, isWhole: true) : BuildProducts.HaveAllIn(arguments[i + 1].Shown))) named = isBelow = true;
                    else products &= named;
                    i++;
                    break;
                case "-lname" or "-ilname":
                    filtered = true;
                    products &= named;
                    i++;
                    break;
                case "-size" or "-mtime" or "-atime" or "-ctime" or "-mmin" or "-amin" or "-cmin" or "-newer" or "-newermt" or "-user" or "-group"
                    or "-perm" or "-inum" or "-links" or "-uid" or "-gid" or "-used" or "-fstype" or "-samefile":
                    filtered = true;
                    i++;
                    break;
                case "-empty": filtered = empty = true; break;
                case "-type" when i + 1 < arguments.Length && arguments[i + 1].Is("d"): directories = true; i++; break;
                // Why: a link that leads nowhere holds nothing.
                case "-xtype" when i + 1 < arguments.Length && arguments[i + 1].Is("l") && !isNegated: filtered = isBelow = true; i++; break;
                case "-nouser" or "-nogroup" or "-executable": filtered = true; break;
                case "-type" or "-maxdepth" or "-mindepth" or "-xtype" or "-regextype" or "-printf": i++; break;
                case "-fprint" or "-fprint0" or "-fls" or "-fprintf":
                    writesTo = i + 1 < arguments.Length ? arguments[i + 1] : null;
                    i++;
                    break;
            }
        }
        if (roots.Count == 0) roots.Add(Word.Of("."));
        // Why: one side of a choice that says what is not removed takes all the rest.
        products &= negation < 0 || choice > negation;
        // Why: each test of a chain narrows it; what lies in a directory of products is one, whatever it is called.
        products |= isBelow && choice == int.MaxValue;
        return new Reading([.. roots], filtered, ((named || isBelow) && products) || (empty && directories), deletes) { WritesTo = writesTo };
    }
}
