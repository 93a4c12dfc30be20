using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// Follows the bytes (bash-policy principle 8): what may be in a pipe, a variable, an argument or a file when a command starts,
/// by what the commands before it are known to read and to write.
/// </summary>
internal static class Origins
{
    /// <summary>Copies of copies: further back than this nobody looks.</summary>
    private const int MaxSteps = 8;

    private const OriginKinds Everything = OriginKinds.Network | OriginKinds.Decoded | OriginKinds.Secret | OriginKinds.Environment | OriginKinds.Computed | OriginKinds.Token;

    public static OriginKinds Of(Feed feed, RuleCase at) => Of(feed, at, MaxSteps);

    /// <summary>What may be in the value of a word.</summary>
    public static OriginKinds Of(Word word, RuleCase at) => Of(word, at, MaxSteps);

    /// <summary>What may be in a file when the command of <paramref name="at"/> starts; the file's own secrecy included.</summary>
    public static OriginKinds OfFile(Word file, RuleCase at) => OfFile(file, at, MaxSteps);

    private static OriginKinds Of(Word word, RuleCase at, int steps)
    {
        var found = OriginKinds.None;
        foreach (var piece in word.Pieces)
        {
            if (piece.From is not null && !(piece.IsName && QuietReaders.AreSettings(piece.From, at))) found |= Of(piece.From, at, steps);
        }
        return found;
    }

    private static OriginKinds Of(Feed feed, RuleCase at, int steps)
    {
        if (steps == 0) return OriginKinds.None;
        var found = OriginKinds.None;
        var hidden = Hidden(feed, at);
        // Why: what a program elsewhere is fed lies on this machine.
        var reader = at.Invocation is { IsRemote: true, Via: [.., { IsRemote: false } outer] } ? at.Of(outer) : at;
        foreach (var file in feed.Files)
        {
            if (hidden is null || !hidden.Contains(file)) found |= OfFile(file, reader, steps - 1);
        }
        foreach (var source in feed.From)
        {
            if (!at.Work.Step()) return Everything;
            if (hidden is null || !hidden.Contains(source)) found |= OfOutput(at.Of(source), steps - 1);
            // Why: what an awk program writes by itself tells nothing of its input, but it may be code.
            else if (source.Name is "awk" or "gawk" or "mawk" or "nawk") found |= SourceTools.Adds(at.Of(source)) & OriginKinds.Computed;
        }
        if (feed.Content is { } content)
        {
            foreach (var piece in content.Pieces)
            {
                if (piece.From is not null && !ReferenceEquals(piece.From, feed)) found |= Of(piece.From, at, steps - 1);
            }
        }
        return found;
    }

    /// <summary>What this command puts into the feed comes through one which lets nothing of it be told.</summary>
    public static bool IsHidden(Feed feed, RuleCase at) => Hidden(feed, at)?.Contains(at.Invocation) == true;

    /// <summary>The commands and files of a feed that come through one which lets nothing of them be told; null for none.</summary>
    private static HashSet<object>? Hidden(Feed feed, RuleCase at)
    {
        HashSet<object>? hidden = null;
        foreach (var source in feed.From)
        {
            if (!Digests(at.Of(source))) continue;
            hidden ??= new HashSet<object>(ReferenceEqualityComparer.Instance);
            hidden.Add(source);
            foreach (var before in source.Input.From) hidden.Add(before);
            foreach (var file in source.Input.Files) hidden.Add(file);
        }
        return hidden;
    }

    /// <summary>What a command adds by itself to what it prints; what flows through it is in the feed already.</summary>
    private static OriginKinds OfOutput(RuleCase maker, int steps)
    {
        var found = SourceTools.Adds(maker);
        // Why: with --download the answer goes into a file alone.
        if (maker.Name is "http" or "https" or "xh" or "xhs" && maker.Request is { ToStdout: false }) found &= ~OriginKinds.Network;
        if (steps == 0) return found;
        if (maker.Name is "cat" or "head" or "tail" or "base64" or "grep" && SecretPrinters.FindNamesSecret(maker)) found |= OriginKinds.Secret;
        foreach (var effect in maker.Effects)
        {
            if (effect.Kind == FileEffectKind.Read && maker.Name is not ("mv" or "cp" or "ln" or "rsync" or "scp")) found |= OfFile(effect.Path, maker, steps - 1);
        }
        if (maker.Name is "echo" or "printf")
        {
            foreach (var argument in maker.Arguments) found |= Of(argument, maker, steps - 1);
        }
        return found;
    }

    private static OriginKinds OfFile(Word file, RuleCase at, int steps)
    {
        if (!at.Work.Step()) return Everything;
        var place = at.PlaceOf(file);
        var found = SecretFile.IsOrHolds(file, place) ? OriginKinds.Secret : OriginKinds.None;
        return found | OfTrail(file, place, at, steps);
    }

    /// <summary>What this command line itself put into a file, not what the file is by its name.</summary>
    public static OriginKinds OfTrail(Word file, RuleCase at) => OfTrail(file, at.PlaceOf(file), at, MaxSteps);

    /// <summary>The same at a place that is known already.</summary>
    public static OriginKinds OfTrail(Word file, Place place, RuleCase at) => OfTrail(file, place, at, MaxSteps);

    private static OriginKinds OfTrail(Word file, Place place, RuleCase at, int steps)
    {
        var found = OriginKinds.None;
        if (file.Text is { } device && (device.StartsWith("/dev/tcp/", StringComparison.Ordinal) || device.StartsWith("/dev/udp/", StringComparison.Ordinal))) found |= OriginKinds.Network;
        if (steps == 0) return found;
        if (at.Reading.WrittenBefore(at.Invocation, file) is { } written) found |= Of(written, at, steps - 1);
        if (place.Path.Length == 0) return found;
        if (!place.IsPattern) return found | OfTouches(place.Path, at.Work.Touching(place.Path, at.All), at, steps);
        foreach (var (path, orders) in at.Work.Touches(at.All))
        {
            if (!at.Work.Step()) return Everything;
            if (ShellPath.IsAtOrBelow(path, place.Path)) found |= OfTouches(path, orders, at, steps);
        }
        return found;
    }

    /// <summary>What the commands before this one put into a file, the last first, back to where it was removed.</summary>
    private static OriginKinds OfTouches(string path, List<int> orders, RuleCase at, int steps)
    {
        var found = OriginKinds.None;
        for (var i = orders.Count - 1; i >= 0; i--)
        {
            if (!at.Work.Step()) return Everything;
            if (orders[i] >= at.Invocation.Order) continue;
            var before = at.All[orders[i]];
            foreach (var effect in before.Effects)
            {
                if (effect.Place.Path != path) continue;
                // Why: what was removed or moved away before is not read now.
                if (effect.Removes || effect.Kind == FileEffectKind.MoveAway) return found;
                if (effect.Kind is not (FileEffectKind.Write or FileEffectKind.Append)) continue;
                found |= OfWrite(before, steps - 1);
                break;
            }
        }
        return found;
    }

    /// <summary>What a command puts into the files it writes.</summary>
    private static OriginKinds OfWrite(RuleCase maker, int steps)
    {
        var found = SourceTools.Adds(maker);
        if (steps == 0) return found;
        foreach (var effect in maker.Effects)
        {
            if (effect.Kind is FileEffectKind.Read or FileEffectKind.MoveAway) found |= OfFile(effect.Path, maker, steps - 1);
        }
        return found | Of(maker.Invocation.Input, maker, steps - 1);
    }

    /// <summary>Nothing of what it reads can be told from what it prints.</summary>
    private static bool Digests(RuleCase maker) => maker.Name switch
    {
        "wc" or "md5sum" or "sha1sum" or "sha256sum" or "sha512sum" or "shasum" or "b2sum" or "cksum" => true,
        "grep" or "egrep" or "fgrep" or "rg" or "cut" or "awk" or "gawk" or "sed" or "gsed" or "jq" => QuietReaders.Is(maker),
        _ => false,
    };
}
