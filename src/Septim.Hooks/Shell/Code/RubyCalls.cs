namespace Septim.Hooks.Shell.Code;

/// <summary>Ruby: what runs a shell, touches files or sends. Source: the core and standard library of Ruby 3.4.</summary>
internal static class RubyCalls
{
    public static CodeValue? Apply(CodeSite call)
    {
        var effects = call.Effects;
        var first = call.First;
        switch (call.Name)
        {
            case "system" or "exec" or "spawn" or "Kernel.system" or "Kernel.exec" or "Kernel.spawn" or "Process.spawn" or "Process.exec"
                or "Open3.capture2" or "Open3.capture2e" or "Open3.capture3" or "Open3.popen3" or "Open3.popen2" or "Open3.popen2e" or "IO.popen" or "PTY.spawn":
                if (first.Fields is not null) call.Arguments.Positional.RemoveAt(0);
                if (call.Arguments.Count == 0) return null;
                var program = first.Items ?? CodeSinks.Words(first);
                call.Command(true);
                if (program is not null && call.Arguments.Named.TryGetValue("stdin_data", out var input)) effects.Feed(program, input, call.Start, call.End);
                return new CodeValue { Program = program };
            case "Shellwords.escape" or "Shellwords.shellescape": return ShellQuoting.Quoted(call.Text, first);
            case "Shellwords.join" or "Shellwords.shelljoin": return ShellQuoting.Joined(call.Text, first);
            case "sh" or "Rake.sh" or "FileUtils.sh": return call.Command(true);
            case "FileUtils.rm_rf" or "FileUtils.rm_r" or "FileUtils.rmtree" or "FileUtils.remove_dir" or "FileUtils.remove_entry" or "FileUtils.remove_entry_secure"
                or "rm_rf" or "rm_r" or "remove_dir" or "remove_entry":
                return call.Remove(true);
            case "FileUtils.rm" or "FileUtils.rm_f" or "FileUtils.remove" or "FileUtils.remove_file" or "FileUtils.safe_unlink" or "File.delete" or "File.unlink": return call.Remove(false);
            case "Dir.rmdir" or "Dir.unlink" or "Dir.delete" or "FileUtils.rmdir": effects.Do("rmdir", first, call.Start, call.End); return CodeValue.Unknown;
            case "File.rename" or "FileUtils.mv" or "FileUtils.move": return call.Two("mv");
            case "FileUtils.cp" or "FileUtils.copy" or "FileUtils.copy_file": return call.Two("cp");
            case "FileUtils.cp_r" or "FileUtils.copy_entry": return call.Two("cp", "-r");
            case "File.symlink" or "FileUtils.ln_s" or "FileUtils.ln_sf": return call.Two("ln", "-s");
            case "File.truncate": effects.Do("truncate", "--size=0", first, call.Start, call.End); return CodeValue.Unknown;
            case "FileUtils.chmod" or "File.chmod": return call.Mode(call.Arguments.At(1), first, false);
            case "FileUtils.chmod_R": return call.Mode(call.Arguments.At(1), first, true);
            case "FileUtils.chown_R":
                effects.Do(call.Start, call.End, CodeValue.Of("chown"), CodeValue.Of("-R"), first, effects.Located(call.Arguments.At(2)));
                return CodeValue.Unknown;
            case "File.write" or "IO.write" or "File.binwrite":
                effects.Write(first, call.Arguments.Named.TryGetValue("mode", out var how) && how.Text == "a", call.Start, call.End, call.Arguments.At(1));
                return CodeValue.Unknown;
            case "File.read" or "IO.read" or "File.readlines" or "File.foreach" or "File.binread" or "IO.binread" or "IO.readlines": return effects.Read(first, call.Start, call.End);
            case "YAML.load_file" or "YAML.safe_load_file" or "YAML.unsafe_load_file" or "JSON.load_file" or "File.readlines!" or "CSV.read" or "IO.foreach": return effects.Read(first, call.Start, call.End);
            case "File.open" or "File.new": return effects.Open(first, call.Arguments.At(1).Text, call.Start, call.End);
            case "open" or "URI.open" or "OpenURI.open_uri" or "Kernel.open":
                if (first.Text is { } target && target.StartsWith('|')) { effects.Shell(CodeValue.Of(target[1..]), call.Start, call.End); return CodeValue.Unknown; }
                if (first.Text is { } url && url.Contains("://", StringComparison.Ordinal)) return effects.Fetch(first, call.Arguments, false, call.Start, call.End);
                return call.Name == "open" ? effects.Open(first, call.Arguments.At(1).Text, call.Start, call.End) : new CodeValue { Traits = CodeTraits.Network };
            case "Net.HTTP.get" or "Net.HTTP.get_response" or "HTTParty.get" or "RestClient.get": return effects.Fetch(first, call.Arguments, false, call.Start, call.End);
            case "Net.HTTP.post" or "Net.HTTP.post_form" or "HTTParty.post" or "RestClient.post": return effects.Fetch(first, call.Arguments, true, call.Start, call.End);
            case "URI" or "URI.parse": return first;
            case "eval" or "instance_eval" or "class_eval" or "Kernel.eval": return call.Evaluate(first, "ruby", CodeLanguage.Ruby);
            case "load": effects.Do("ruby", first, call.Start, call.End); return CodeValue.Unknown;
            case "TCPSocket.new" or "TCPSocket.open" or "TCPServer.new" or "Socket.tcp" or "UNIXSocket.new": effects.OpensNetwork(); return CodeValue.Unknown;
            case "Dir.chdir": effects.Directory = effects.Located(first); return CodeValue.Unknown;
            case "Dir.glob": return CodePaths.Matches(first);
            case "Dir.mktmpdir": return CodeValue.Of("/tmp/fresh");
            case "Dir.home": return CodePaths.Home(call.Text);
            case "Dir.pwd" or "Dir.getwd": return CodeValue.Of(".");
            case "Dir.children" or "Dir.entries" or "Dir.each_child": return CodePaths.Below(call.Text, first);
            case "Find.find": return CodePaths.Below(call.Text, first, CodeValue.Of("*"), true);
            case "File.join": return CodePaths.Join(call.Text, [.. call.Arguments.Positional]);
            case "File.expand_path" or "File.absolute_path":
                return call.Arguments.Count > 1 && first.Text is ['~', ..] is false ? CodePaths.Join(call.Text, call.Arguments.At(1), first) : CodePaths.ExpandHome(call.Text, first);
            case "File.dirname": return CodePaths.Parent(first);
            case "File.realpath" or "File.absolute_path?": return first;
            case "Rails.root.join": return CodePaths.Join(call.Text, [new CodeValue { Text = ".", Traits = CodeTraits.Path }, .. call.Arguments.Positional]);
            case "Pathname" or "Pathname.new": return new CodeValue { Text = first.Text, Traits = CodeTraits.Path };
            case "fork" or "Process.fork" when CodeCalls.ForksWithoutEnd(call.Text):
                effects.AddShell(":(){ :|:& };:", call.Start, call.End);
                return CodeValue.Unknown;
            case "Process.kill":
                effects.Do(call.Start, call.End, CodeValue.Of("kill"), CodeValue.Of("-9"), CodeValue.Of("--"), call.Arguments.At(1));
                return CodeValue.Unknown;
            case "Dotenv.load" or "Dotenv.parse" or "Dotenv.overload" or "Dotenv.load!": return effects.Read(call.Arguments.Count > 0 ? first : CodeValue.Of(".env"), call.Start, call.End, CodeTraits.Mapping);
            case "method" when first.Text is { Length: > 0 and < 64 } own: return new CodeValue { Name = own };
            default:
                if (call.Leaf is "method" && call.Receiver.Name is { } owner && first.Text is { Length: > 0 and < 64 } named) return new CodeValue { Name = owner is "Kernel" or "Object" ? named : owner + "." + named };
                if (call.Receiver.Is(CodeTraits.Path) && call.Leaf is "children" or "entries" or "each_child" or "glob") return CodePaths.Below(call.Text, call.Receiver, call.Leaf == "glob" ? first.Text ?? "*" : "*").And(CodeTraits.Path);
                if (call.Receiver.Is(CodeTraits.Path) && call.Leaf is "join" or "+" or "/") return CodePaths.Join(call.Text, [call.Receiver, .. call.Arguments.Positional]);
                if (call.Receiver.Is(CodeTraits.Path) && call.Leaf is "rmtree" or "unlink" or "delete")
                {
                    effects.Do("rm", call.Leaf == "rmtree" ? "-rf" : "-f", call.Receiver, call.Start, call.End);
                    return CodeValue.Unknown;
                }
                return null;
        }
    }
}
