using Weir.Values;

namespace Weir.Kustomize.Loading;

/// <summary>
/// A kustomization's view of the files: paths count from its directory, which links cannot leave, and bases must not
/// contain who refers to them.
/// </summary>
internal sealed class Loader
{
    private readonly BuildContext _context;
    private readonly Loader? _referrer;
    private readonly bool _isRootOnly;
    private readonly RepositorySpec? _repository;
    private readonly int _depth;

    private Loader(BuildContext context, IFileTree tree, string root, Loader? referrer, bool isRootOnly, RepositorySpec? repository)
    {
        _context = context;
        Tree = tree;
        Root = root;
        _referrer = referrer;
        _isRootOnly = isRootOnly;
        _repository = repository;
        _depth = (referrer?._depth ?? 0) + 1;
    }

    public IFileTree Tree { get; }

    /// <summary>The directory, from the tree's root, with links resolved.</summary>
    public string Root { get; }

    /// <summary>The directory as messages name it.</summary>
    public string DisplayRoot => "/" + Root;

    /// <summary>The repository in whose clone this directory lies, or nothing.</summary>
    public RepositorySpec? ContainingRepository => _repository ?? _referrer?.ContainingRepository;

    /// <summary>A loader for the directory that is built, or for a repository.</summary>
    public static Loader Create(BuildContext context, IFileTree tree, string target)
    {
        if (RepositorySpec.Parse(target, out _) is { } spec)
        {
            return Clone(context, spec, null);
        }

        try
        {
            var root = ConfirmDirectory(tree, target.Length == 0 ? "/" : target, FilePath.Combine("", target));
            return new Loader(context, tree, root, null, context.Options.LoadRestrictor == LoadRestrictor.RootOnly, null);
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap("must build at directory");
        }
    }

    /// <summary>A loader for a base: another directory, or a repository.</summary>
    public Loader New(string path)
    {
        if (path.Length == 0)
        {
            throw Failure("new root cannot be empty", "kustomize-no-base");
        }

        if (_depth >= _context.Options.MaxDepth)
        {
            throw Failure($"more than {_context.Options.MaxDepth} kustomizations include each other", "kustomize-too-deep");
        }

        if (RepositorySpec.Parse(path, out _) is { } spec)
        {
            for (var loader = this; loader is not null; loader = loader._referrer)
            {
                if (loader._repository is { } known && known.Raw.StartsWith(spec.Raw, StringComparison.Ordinal))
                {
                    throw Failure($"cycle detected: URI '{spec.Raw}' referenced by previous URI '{known.Raw}'", "kustomize-cycle");
                }
            }

            return Clone(_context, spec, this);
        }

        if (path.StartsWith('/'))
        {
            throw Failure($"new root '{path}' cannot be absolute", "kustomize-absolute-base");
        }

        string root;
        try
        {
            root = ConfirmDirectory(Tree, path, FilePath.Combine(Root, path), _repository is not null || ContainingRepository is not null);
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap("must build at directory");
        }

        for (var loader = this; loader is not null && ReferenceEquals(loader.Tree, Tree); loader = loader._referrer)
        {
            if (FilePath.IsWithin(loader.Root, root))
            {
                throw Failure(
                    $"cycle detected: candidate root '/{root}' contains visited root '{loader.DisplayRoot}'",
                    "kustomize-cycle",
                    "a base must not contain the kustomization that uses it");
            }
        }

        return new Loader(_context, Tree, root, this, _isRootOnly, null);
    }

    /// <summary>The bytes of a file, wherever the restrictions allow it to lie.</summary>
    public ReadOnlyMemory<byte> Load(string path)
    {
        if (RepositorySpec.IsWebAddress(path))
        {
            return Fetch(path);
        }

        var full = FilePath.Combine(Root, path);
        var shown = full is null ? path : "/" + full;
        if (full is null)
        {
            throw Failure($"security; file '{shown}' is not in or below '{DisplayRoot}'", "kustomize-escape");
        }

        if (!_isRootOnly)
        {
            return Read(full, shown);
        }

        var resolved = Tree.Resolve(full) ?? throw Failure(
            $"evalsymlink failure on '{shown}' : lstat /{FirstMissing(Tree, full)}: no such file or directory", "kustomize-no-file");
        if (Tree.DirectoryExists(resolved))
        {
            throw Failure($"'{shown}' must resolve to a file", "kustomize-not-a-file");
        }

        if (!FilePath.IsWithin(FilePath.Directory(resolved), Root))
        {
            throw Failure(
                $"security; file '{shown}' is not in or below '{DisplayRoot}'",
                "kustomize-escape",
                "move the file below the kustomization, or build with --load-restrictor LoadRestrictionsNone");
        }

        return Read(resolved, shown);
    }

    /// <summary>True when <see cref="Load"/> would find a file here.</summary>
    public bool HasFile(string name)
    {
        var path = FilePath.Combine(Root, name);
        if (path is null || Tree.Resolve(path) is not { } resolved || !Tree.FileExists(resolved))
        {
            return false;
        }

        return !_isRootOnly || FilePath.IsWithin(FilePath.Directory(resolved), Root);
    }

    /// <summary>The full path of a directory as messages name it; nothing for anything else.</summary>
    public string? DirectoryAt(string path)
    {
        if (path.Length == 0 || path.StartsWith('/') || path.Contains("://", StringComparison.Ordinal))
        {
            return null;
        }

        return FilePath.Combine(Root, path) is { } full && Tree.DirectoryExists(full) ? "/" + full : null;
    }

    /// <summary>The text of a file; bytes that are no UTF-8 are kept.</summary>
    public string LoadText(string path) => GoString.FromBytes(Load(path).Span);

    /// <summary>A file's name for places in diagnostics.</summary>
    public string Display(string path)
    {
        if (RepositorySpec.IsWebAddress(path))
        {
            return path;
        }

        var full = FilePath.Combine(Root, path) ?? path;
        return ContainingRepository is { } repository ? $"{repository.CloneUrl}//{full}" : _context.Display(full);
    }

    private static Loader Clone(BuildContext context, RepositorySpec spec, Loader? referrer)
    {
        if (context.Options.Remote is null)
        {
            throw Failure(
                $"remote base '{spec.Raw}' is not allowed in this build", "kustomize-remote-base", "vendor the base, or allow remote bases");
        }

        var clone = context.Options.Remote.Clone(spec);
        if (clone.Tree is null)
        {
            throw Failure(clone.Error ?? $"cannot clone {spec.CloneUrl}", "kustomize-remote-base");
        }

        var path = FilePath.Combine("", spec.Path);
        var root = path is null ? null : clone.Tree.Resolve(path);
        if (root is null)
        {
            throw Failure(
                $"'{spec.Path}' is not a directory of {spec.CloneUrl}{(spec.Ref.Length > 0 ? $" at {spec.Ref}" : "")}", "kustomize-no-base");
        }

        if (!clone.Tree.DirectoryExists(root))
        {
            throw Failure($"'/{path}' refers to file '{FilePath.Name(root)}'; expecting directory", "kustomize-no-base");
        }

        return new Loader(context, clone.Tree, root, referrer, isRootOnly: true, spec);
    }

    private static string ConfirmDirectory(IFileTree tree, string path, string? full, bool isInClone = false)
    {
        if (path.Length == 0)
        {
            throw Failure("directory path cannot be empty", "kustomize-no-base");
        }

        if (full is null)
        {
            throw Failure(
                isInClone
                    ? $"security; bases in kustomizations found in cloned git repos must be within the repo, but base '{path}' is outside '/'"
                    : $"base '{path}' is outside of the tree",
                "kustomize-escape");
        }

        var resolved = tree.Resolve(full) ?? throw Failure(
            $"not a valid directory: evalsymlink failure on '/{full}' : lstat /{FirstMissing(tree, full)}: no such file or directory", "kustomize-no-base");
        return tree.DirectoryExists(resolved) ? resolved : throw Failure($"'/{full}': file is not directory", "kustomize-no-base");
    }

    /// <summary>The first part of a path that is not there, which is what a disk names.</summary>
    private static string FirstMissing(IFileTree tree, string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (tree.Resolve(path[..slash]) is null)
            {
                return path[..slash];
            }
        }

        return path;
    }

    private ReadOnlyMemory<byte> Read(string path, string shown)
    {
        if (Tree.DirectoryExists(path))
        {
            throw Failure($"read {shown}: is a directory", "kustomize-not-a-file");
        }

        var content = Tree.TryRead(path) ?? throw Failure($"open {shown}: no such file or directory", "kustomize-no-file");
        return content.Length <= _context.Options.MaxFileBytes
            ? content
            : throw new BuildFailure(
                $"file '{shown}' has {content.Length} bytes, more than the {_context.Options.MaxFileBytes} that are read",
                new SourceSpan(Display(shown), 1, 1))
            {
                Code = "kustomize-too-large",
            };
    }

    private ReadOnlyMemory<byte> Fetch(string url)
    {
        if (_context.Options.Remote is null)
        {
            throw Failure($"remote file '{url}' is not allowed in this build", "kustomize-remote-file", "vendor the file, or allow remote bases");
        }

        var file = _context.Options.Remote.Fetch(url);
        if (file.Content is { } content)
        {
            return content;
        }

        throw file.IsRefused && RepositorySpec.Parse(url, out _) is not null
            ? Failure("URL is a git repository", "kustomize-remote-file")
            : Failure(file.IsRefused ? $"HTTP Error: {file.Error}" : file.Error ?? $"cannot fetch {url}", file.IsRefused ? "kustomize-http" : "kustomize-remote-file");
    }

    private static BuildFailure Failure(string message, string code, string? hint = null) => new(message, default, hint) { Code = code };
}
