namespace Septim.Hooks.Shell.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>What a program writes to its standard output: its text when it folds, and everyone who may have a part in it.</summary>
    private Feed OutputOf(Call call, Invocation invocation)
    {
        if (!call.Frame.IsHeard) return Feed.Nothing;
        var origins = new List<Feed>();
        var input = call.Frame.Input;
        if (!Folding.IgnoresInput(call.Name, call.Arguments)) origins.Add(input);
        Word? read = null;
        var operands = 0;
        foreach (var argument in call.Arguments)
        {
            foreach (var piece in argument.Pieces)
            {
                if (piece.From is not null) origins.Add(piece.From);
            }
            if (argument.FileKey is not { Length: > 0 } text || text[0] == '-') continue;
            operands++;
            if (Written(text, call) is not { } written) continue;
            origins.Add(new Feed { From = written.From });
            read = written.Content;
        }
        var (from, files) = Feed.Origins(origins);
        from.Add(invocation);
        var content = Folding.Output(call.Name, call.Arguments, operands == 1 && read is not null && call.Name is "cat" or "head" or "tail" ? read : Folding.IgnoresInput(call.Name, call.Arguments) ? null : input.Content, call.Scope.Directory, _setting);
        // Why: the echo of dash and zsh decodes backslashes, bash's does not.
        if (call.Name == "echo" && content is not null && call.Frame.Via.Length > 0 && call.Frame.Via[^1].Name is "sh" or "dash" or "ash" or "zsh" && HasEscape(content.Shown)) content = null;
        // Why: what is made of a text is a text of its own, in each stage of a pipeline.
        if (content is not null && !ReferenceEquals(content, input.Content) && !ReferenceEquals(content, read)) _budget.Text(content.Shown.Length);
        return Weighed(new Feed { Content = content, From = [.. from], Files = [.. files] });
    }

    private static bool HasEscape(string text)
    {
        for (var i = text.IndexOf('\\', StringComparison.Ordinal); i >= 0 && i + 1 < text.Length; i = text.IndexOf('\\', i + 1))
        {
            if (text[i + 1] is '\\' or 'a' or 'b' or 'c' or 'e' or 'f' or 'n' or 'r' or 't' or 'v' or 'x' or (>= '0' and <= '7')) return true;
        }
        return false;
    }

    private Feed? Written(string text, Call call)
    {
        if (_processes.TryGetValue(text, out var process)) return process;
        return ShellPath.Tracked(call.Scope.Directory, text) is { } path ? _files.At(path, _invocations.Count) : null;
    }

    /// <summary>Notes which files a program writes by itself and where their bytes come from.</summary>
    private void FileEffects(Call call, Invocation invocation, Feed output)
    {
        switch (call.Name)
        {
            case "curl":
                var curl = OptionReader.Read(call.Arguments, ToolTables.Curl);
                if (curl.Has("--help", "--version")) return;
                foreach (var file in curl.Values("-o", "--output")) Note(call, file, Unknown(invocation));
                if (curl.Has("-O", "--remote-name", "--remote-name-all"))
                {
                    foreach (var url in curl.Operands) Note(call, Leaf(url), Unknown(invocation));
                }
                break;
            case "aria2c" or "axel":
                var named = OptionReader.Read(call.Arguments, new("o:d:x:s:j:n:k:", "out= dir= output= split= max-connection-per-server= num-connections="));
                var folder = named.Value("-d", "--dir");
                if (named.Value("-o", "--out") is { } name) Note(call, name, Unknown(invocation), folder);
                else
                {
                    foreach (var url in named.Operands) Note(call, Leaf(url), Unknown(invocation), folder);
                }
                break;
            case "wget":
                var wget = OptionReader.Read(call.Arguments, ToolTables.Wget);
                if (wget.Value("-O", "--output-document") is { } document) Note(call, document, Unknown(invocation));
                else
                {
                    foreach (var url in wget.Operands) Note(call, Leaf(url), Unknown(invocation), wget.Value("-P", "--directory-prefix"));
                }
                break;
            case "tee" or "sponge":
                var source = new Feed { Content = call.Frame.Input.Content, From = [.. call.Frame.Input.From, invocation], Files = call.Frame.Input.Files };
                var appends = call.Has("-a") || call.Has("--append");
                foreach (var word in call.Arguments)
                {
                    if (word.Text is { } text && !text.StartsWith('-')) Note(call, word, source, null, !appends);
                }
                break;
            case "cp" or "mv" or "ln" or "link" or "install" or "rsync":
                Copy(call, invocation);
                break;
            case "dd":
                Dd(call, invocation);
                break;
            case "rm" or "unlink" or "shred":
                foreach (var word in call.Arguments)
                {
                    if (word.Text is { } text && !text.StartsWith('-')) Note(call, word, Feed.Nothing);
                }
                break;
            case "gunzip" or "bunzip2" or "unxz" or "unzstd":
            case "gzip" or "bzip2" or "xz" or "zstd" or "lzma" when Unpacks(call):
                Unpack(call);
                break;
            case "tar" or "zip" or "7z" or "openssl" or "gpg" or "gzip" or "bzip2" or "xz" or "zstd" or "base64" or "sort":
                Pack(call, invocation);
                break;
        }
    }

    private void Copy(Call call, Invocation invocation)
    {
        var options = OptionReader.Read(call.Arguments, call.Name == "rsync" ? ToolTables.Rsync : ToolTables.Copy);
        var folder = options.Value("-t", "--target-directory");
        var count = options.Operands.Count - (folder is null ? 1 : 0);
        if (count < 1) return;
        var target = folder ?? options.Operands[^1];
        for (var i = 0; i < count && i < 64; i++)
        {
            var from = options.Operands[i];
            var feed = from.Text is { } path && Written(path, call) is { } written
                ? new Feed { Content = written.Content, From = [.. written.From, invocation], Files = [.. written.Files, from] }
                : new Feed { From = [invocation], Files = [from] };
            Note(call, target, feed);
            // Why: the target may be a folder; then the copy has the source's name in it.
            if (from.Text is { } name) Note(call, Word.Of(ShellPath.Leaf(name.TrimEnd('/'))), feed, target);
            if (call.Name == "mv") Note(call, from, Feed.Nothing);
        }
    }

    private void Dd(Call call, Invocation invocation)
    {
        Word? input = null, output = null;
        foreach (var word in call.Arguments)
        {
            if (word.StartsWith("if=")) input = word.From(3);
            else if (word.StartsWith("of=")) output = word.From(3);
        }
        if (output is null) return;
        var feed = input is null ? call.Frame.Input : FileFeed(input, call.Scope);
        Note(call, output, new Feed { Content = feed.Content, From = [.. feed.From, invocation], Files = feed.Files });
    }

    /// <summary>Archives, compressors and encoders: every operand may be in the file that they write.</summary>
    private void Pack(Call call, Invocation invocation)
    {
        var files = new List<Word>();
        var origins = new List<Feed> { call.Frame.Input };
        Word? output = null;
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var word = call.Arguments[i];
            var text = word.Text ?? "";
            if (text is "-out" or "-o" or "--output" && i + 1 < call.Arguments.Length) output = call.Arguments[++i];
            else if (text.StartsWith("--file=", StringComparison.Ordinal) || text.StartsWith("--output=", StringComparison.Ordinal)) output = word.From(text.IndexOf('=', StringComparison.Ordinal) + 1);
            else if (call.Name == "tar" && output is null && (i == 0 || text.StartsWith('-')) && !text.StartsWith("--", StringComparison.Ordinal) && text.EndsWith('f') && i + 1 < call.Arguments.Length) output = call.Arguments[++i];
            else if (text == "--file" && i + 1 < call.Arguments.Length) output = call.Arguments[++i];
            else if (call.Name is "zip" or "7z" && output is null && text.Length > 0 && text[0] != '-' && text != "a") output = word;
            else if (text.Length > 0 && text[0] != '-')
            {
                files.Add(word);
                if (Written(text, call) is { } written) origins.Add(written);
            }
        }
        var (from, _) = Feed.Origins(origins);
        from.Add(invocation);
        var feed = new Feed { From = [.. from], Files = [.. files] };
        if (output is not null) Note(call, output, feed);
        else if (call.Name is "gzip" or "bzip2" or "xz" or "zstd" && !Unpacks(call))
        {
            var suffix = call.Name switch { "gzip" => ".gz", "bzip2" => ".bz2", "xz" => ".xz", _ => ".zst" };
            foreach (var file in files) Note(call, Word.Of((file.Text ?? "") + suffix), feed);
        }
    }

    private static bool Unpacks(Call call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Text is "--decompress" or "--uncompress" || argument.Text is ['-', not '-', ..] letters && letters.Contains('d', StringComparison.Ordinal)) return true;
        }
        return false;
    }

    /// <summary><c>gunzip a.gz</c> makes <c>a</c> of a file that this command line wrote; of another one nothing is known before or after.</summary>
    private void Unpack(Call call)
    {
        foreach (var word in call.Arguments)
        {
            if (word.Text is not { } text || text.StartsWith('-') || Written(text, call) is not { } written) continue;
            foreach (var suffix in (ReadOnlySpan<string>)[".gz", ".bz2", ".xz", ".zst", ".lzma"])
            {
                if (text.EndsWith(suffix, StringComparison.Ordinal)) Note(call, Word.Of(text[..^suffix.Length]), new Feed { From = written.From, Files = written.Files });
            }
        }
    }

    private void Note(Call call, Word file, Feed feed, Word? folder = null, bool replaces = true)
    {
        _budget.Work(2 + feed.From.Length);
        if (file.FileKey is not { Length: > 0 } text || text is "-" || (folder is not null && folder.Text is null)) return;
        if (text.StartsWith("/dev/fd/", StringComparison.Ordinal)) { _processes[text] = feed; return; }
        var path = ShellPath.Tracked(call.Scope.Directory, folder is null ? text : folder.Text + "/" + text);
        if (path is not null) NoteFile(path, feed, replaces, call.Frame);
    }

    private static Word Leaf(Word url)
    {
        if (url.Text is not { } text) return Word.Empty;
        var end = text.IndexOfAny(['?', '#']);
        return Word.Of(ShellPath.Leaf(end < 0 ? text : text[..end]));
    }
}
