using Weir.Values;

namespace Weir.Kustomize;

/// <summary>Lets the steps of a kind go on after one failed, so that all mistakes are told at once.</summary>
internal sealed class FailureList
{
    private const int MaxKept = 50;

    private readonly List<BuildFailure> _failures = [];

    public void Try(Action step)
    {
        try
        {
            step();
        }
        catch (BuildFailure failure)
        {
            if (_failures.Count < MaxKept)
            {
                _failures.Add(failure);
            }
        }
    }

    /// <summary>Fails with the first mistake, the others beside it.</summary>
    public void ThrowIfAny()
    {
        if (_failures.Count == 0)
        {
            return;
        }

        var first = _failures[0];
        if (_failures.Count == 1)
        {
            throw first;
        }

        var others = new List<Diagnostic>(first.Others);
        foreach (var failure in _failures.Skip(1))
        {
            others.Add(failure.ToDiagnostic());
            others.AddRange(failure.Others);
        }

        throw new BuildFailure(first.Message, first.Span, first.Hint, first)
        {
            Code = first.Code,
            IsMalformedYaml = first.IsMalformedYaml,
            Others = others,
        };
    }
}
