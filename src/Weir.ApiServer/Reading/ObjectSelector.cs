using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;

namespace Weir.ApiServer.Reading;

/// <summary>Which objects a list or watch is about: labels and fields.</summary>
internal sealed class ObjectSelector
{
    private readonly LabelSelector _labels;
    private readonly FieldSelector _fields;
    private readonly SelectableFields _selectable;

    private ObjectSelector(LabelSelector labels, FieldSelector fields, SelectableFields selectable)
    {
        _labels = labels;
        _fields = fields;
        _selectable = selectable;
    }

    public bool IsEverything => _labels.IsEverything && _fields.IsEverything;

    public static ObjectSelector Parse(ServedResource resource, string labels, string fields)
    {
        var labelSelector = LabelSelector.Everything;
        if (labels.Length > 0 && !LabelSelector.TryParse(labels, out labelSelector, out var error))
        {
            throw ApiStatus.BadRequest(error).ToException();
        }

        var selectable = SelectableFields.For(resource);
        var fieldSelector = FieldSelector.Everything;
        if (fields.Length > 0)
        {
            if (!FieldSelector.TryParse(fields, out fieldSelector, out error))
            {
                throw ApiStatus.BadRequest(error).ToException();
            }

            foreach (var requirement in fieldSelector.Requirements)
            {
                selectable.Check(requirement.Field);
            }
        }

        return new(labelSelector, fieldSelector, selectable);
    }

    public bool Matches(StoredObject stored)
    {
        if (!_labels.IsEverything && !_labels.Matches(stored.Label))
        {
            return false;
        }

        return _fields.IsEverything || _fields.Matches(_selectable.Reader(stored));
    }
}
