namespace Septim.Hooks.Gates.BashRules;

/// <summary>Objects of a cluster are deleted, beyond one named pod.</summary>
internal static class K8sDelete
{
    public static readonly BashRule Rule = new("k8s-delete", BashSeverity.High)
    {
        Reason = "it deletes what runs or is stored in the cluster",
        Alternative = "kubectl delete ns x --dry-run=client",
        Denies =
        [
            "kubectl delete ns prod",
            "kubectl -n app delete pods --all",
            "kubectl delete pvc data-0",
            "kubectl delete pod,svc --all -A",
            "kubectl delete -f k8s/",
            "kubectl delete -k overlays/prod",
            "kubectl delete crd foos.example.com",
            "kubectl delete namespace/prod",
            "kubectl drain node-1 --force --ignore-daemonsets",
            "kubectl replace --force -f x.yaml",
            "oc delete project x",
            "helm uninstall release -n prod",
            "helm delete release",
            "flux uninstall --silent",
            "argocd app delete my-app",
            "kustomize build . | kubectl delete -f -",
            "velero backup delete nightly",
            "istioctl uninstall --purge",
            "kubeadm reset -f",
        ],
        Asks = ["kubectl delete deployment api", "kubectl drain node-1", "kubectl delete pods -l app=x", "kubectl delete pod a --force", "kind delete cluster", "minikube delete"],
        Passes =
        [
            "kubectl delete pod api-7d9f",
            "kubectl delete pod/api-7d9f -n app",
            "kubectl delete job migrate-1",
            "kubectl delete ns x --dry-run=server",
            "kubectl get pods -A",
            "kubectl -n delete get pods",
            "kubectl describe ns prod",
            "helm template r ./chart",
            "helm uninstall r --dry-run",
            "kubectl apply -f x.yaml",
            "kubectl scale deployment api --replicas=2",
            "argocd app list",
            "kubectl drain node-1 --dry-run=client",
            "kind create cluster --name e2e && go test ./e2e/...; kind delete cluster --name e2e",
        ],
        Judge = Judge,
    };

    private const string Values = "-n --namespace --context --kubeconfig --cluster --user -l --selector -f --filename -k --kustomize -o --output --field-selector --grace-period --timeout --token -s --server --as --cache-dir --profile --profile-output --password --username --tls-server-name --as-uid --as-group --log-flush-frequency --client-certificate --client-key --vmodule --kuberc --kube-apiserver --kube-token --kube-ca-file --kube-as-user --kube-as-group --kube-tls-server-name --registry-config --repository-cache --repository-config --burst-limit --qps --request-timeout -v --certificate-authority --raw --pod-selector -c --container -p --patch --type --replicas --kube-context --revision --history-max --cascade --description";

    private static BashFinding? Judge(RuleCase at)
    {
        switch (at.Name)
        {
            case "kubectl" or "oc" or "kubecolor" or "kubectl.exe" or "k": return Kubectl(CommandPath.Read(at.Arguments, Values), at.Invocation.IsVia("xargs"));
            case "k3s" or "microk8s" or "minikube" or "k0s" when at.Argument(0) is "kubectl": return Kubectl(CommandPath.Read(at.Arguments, Values, false, 1), at.Invocation.IsVia("xargs"));
            case "helm" or "helmfile" or "helm3":
                var helm = CommandPath.Read(at.Arguments, Values + " -e --environment");
                if (helm.IsHarmless) return null;
                if (helm[0] is "upgrade" or "rollback" && helm.Has("--force", "--force-replace")) return new BashFinding(BashSeverity.Medium, "by force it deletes and makes anew what it cannot change");
                return helm[0] is "uninstall" or "delete" or "del" or "un" or "destroy" ? BashFinding.Plain : null;
            case "flux":
                var flux = CommandPath.Read(at.Arguments, Values);
                return !flux.IsHarmless && flux[0] is "uninstall" or "delete" ? BashFinding.Plain : null;
            case "argocd" or "argo":
                var argo = CommandPath.Read(at.Arguments, Values + " --auth-token --server");
                if (argo[0] == "app" && argo[1] == "sync" && argo.HasAny("--prune", "--force", "--replace") && !argo.IsHarmless) return BashFinding.Medium;
                return !argo.IsHarmless && (argo[1] is "delete" or "rm" || argo[0] == "delete" || argo[1] == "delete-resource") ? BashFinding.Plain : null;
            case "velero" or "kyverno" or "linkerd" or "istioctl" or "cilium" or "rancher" or "operator-sdk" or "kubectl-argo-rollouts" or "crossplane" or "vcluster" or "clusterctl" or "tilt" or "skaffold":
                var tool = CommandPath.Read(at.Arguments, Values);
                if (tool.IsHarmless) return null;
                if (at.Name is "tilt" or "skaffold") return tool[0] is "down" or "delete" ? BashFinding.Medium : null;
                return tool[0] is "uninstall" or "delete" or "cleanup" or "destroy" || tool[1] is "delete" or "destroy" or "uninstall" ? BashFinding.Plain : null;
            case "kubeadm": return at.Argument(0) == "reset" && !at.HasArgument("--dry-run") ? BashFinding.Plain : null;
            case "kind" or "minikube" or "k3d" or "colima":
                var local = CommandPath.Read(at.Arguments, LocalValues);
                return (local[0] is "delete" || local[1] == "delete") && !IsOwn(at, local) ? BashFinding.Medium : null;
            case "k3s-uninstall.sh" or "k3s-agent-uninstall.sh" or "rke2-uninstall.sh": return BashFinding.Plain;
            default: return null;
        }
    }

    private const string LocalValues = "--name -n -p --profile --config --image --kubeconfig --wait -a --agents -s --servers -c --port -v --volume";

    /// <summary><c>kind create cluster --name t; …; kind delete cluster --name t</c>: this command made it. Minikube's and colima's start takes one that is there.</summary>
    private static bool IsOwn(RuleCase at, CommandPath path)
    {
        if (at.Name is not ("kind" or "k3d") || path.Has("--all") || path.HasAny("-a", "-A") || ClusterOf(at.Name, path) is not { } name) return false;
        foreach (var earlier in at.All)
        {
            if (earlier.Invocation.Order >= at.Invocation.Order || !at.Work.Step()) return false;
            if (earlier.Name != at.Name) continue;
            var made = CommandPath.Read(earlier.Arguments, LocalValues);
            if ((made[0] is "create" ? made[1] : made[1] is "create" ? made[0] : "") == "cluster" && ClusterOf(at.Name, made) == name) return true;
        }
        return false;
    }

    /// <summary>Null: cannot be told.</summary>
    private static string? ClusterOf(string tool, CommandPath path)
    {
        if (tool == "k3d") return path.Count > 3 ? null : path.Count == 3 ? path.Words[2].Text : "k3s-default";
        return path.Count > 2 ? null : path.Value("--name", "-n") is { } given ? given.Text : "kind";
    }

    private static BashFinding? Kubectl(CommandPath path, bool isFed)
    {
        if (path.Has("--help", "-h") || IsDryRun(path)) return null;
        switch (path[0])
        {
            // Why: xargs gives as many names as somebody lists.
            case "delete": return Delete(path) ?? (isFed ? BashFinding.Medium : null);
            case "drain": return path.HasAny("--force", "--delete-emptydir-data", "--disable-eviction", "--delete-local-data") ? BashFinding.Plain : BashFinding.Medium;
            case "replace": return path.Has("--force") || path.Value("--raw")?.Shown.Contains("/finalize", StringComparison.Ordinal) == true ? BashFinding.Plain : null;
            case "taint" when HasEffect(path): return BashFinding.Medium;
            case "apply": return path.Has("--prune") ? path.Has("--all") ? BashFinding.Plain : BashFinding.Medium : path.Has("--force") && !path.Has("--force-conflicts") ? new BashFinding(BashSeverity.Medium, "by force it deletes and makes anew what it cannot change") : null;
            case "scale" when path.Has("--all") && path.Value("--replicas")?.Text == "0": return BashFinding.Medium;
            case "rollout" or "scale" or "autoscale" or "get" or "": return null;
            case "adm" when path[1] is "drain": return BashFinding.Plain;
            case "adm" when path[1] is "prune" && path.Has("--confirm"): return BashFinding.Medium;
            case "patch" when path.Value("-p", "--patch")?.Shown.Contains("finalizers", StringComparison.Ordinal) == true: return BashFinding.Medium;
            default: return null;
        }
    }

    /// <summary><c>kubectl taint nodes n1 k=v:NoExecute</c> drives away what runs there; with a minus at the end it is taken off.</summary>
    private static bool HasEffect(CommandPath path)
    {
        foreach (var word in path.Words)
        {
            if (word.Shown.EndsWith(":NoExecute", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static bool IsDryRun(CommandPath path)
    {
        foreach (var (name, value) in path.Options)
        {
            if (name == "--dry-run" && value?.Text is null or "client" or "server" or "true" && name == "--dry-run") return true;
        }
        return false;
    }

    private static BashFinding? Delete(CommandPath path)
    {
        if (path.HasAny("-f", "--filename", "-k") || path.HasAny("--kustomize", "--raw") || path.HasAny("--all", "-A", "--all-namespaces")) return BashFinding.Plain;
        if (path.Count < 2) return null;
        if (path.Has("-l", "--selector") || path.Has("--field-selector")) return IsGrave(Kind(path[1])) ? BashFinding.Plain : BashFinding.Medium;
        var names = 0;
        var light = true;
        foreach (var kind in path[1].Split(','))
        {
            if (IsGrave(Kind(kind))) return BashFinding.Plain;
            light &= IsLight(Kind(kind));
        }
        for (var i = 1; i < path.Count; i++)
        {
            var isPair = path.Words[i].Shown.Contains('/', StringComparison.Ordinal);
            if (isPair && IsGrave(Kind(path[i]))) return BashFinding.Plain;
            if (isPair && !IsLight(Kind(path[i]))) light = false;
            if (isPair || i > 1) names++;
        }
        if (path.Has("--force")) return BashFinding.Medium;
        return light && names <= 1 ? null : BashFinding.Medium;
    }

    private static string Kind(string word)
    {
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0) word = word[..slash];
        var dot = word.IndexOf('.', StringComparison.Ordinal);
        return (dot > 0 ? word[..dot] : word).ToLowerInvariant();
    }

    private static bool IsGrave(string kind) => kind is "ns" or "namespace" or "namespaces" or "project" or "projects" or "pvc" or "persistentvolumeclaim" or "persistentvolumeclaims"
        or "pv" or "persistentvolume" or "persistentvolumes" or "crd" or "crds" or "customresourcedefinition" or "customresourcedefinitions" or "node" or "nodes" or "no"
        or "all" or "sc" or "storageclass" or "storageclasses" or "volumesnapshot" or "clusterrole" or "clusterrolebinding" or "kafka" or "postgresql" or "etcdcluster" or "cluster" or "clusters";

    /// <summary>What a controller makes anew, or what has run already.</summary>
    private static bool IsLight(string kind) => kind is "pod" or "pods" or "po" or "job" or "jobs" or "event" or "events" or "ev" or "replicaset" or "rs";
}
