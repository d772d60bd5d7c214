using System.Security.Cryptography;

namespace Weir.ApiServer.Authentication;

/// <summary>
/// Static bearer tokens in kube-apiserver's CSV format: token, user, uid and, quoted when there are several, groups.
/// Tokens are kept and compared as digests.
/// </summary>
internal sealed class TokenFile
{
    private readonly Dictionary<string, UserInfo> _users = new(StringComparer.Ordinal);

    /// <summary>Adds the lines of a file; a line that has fewer than three columns is reported.</summary>
    public void Add(string text, string file)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var columns = Columns(line.TrimEnd('\r'));
            if (columns.Count == 0 || columns is [""])
            {
                continue;
            }

            if (columns.Count < 3)
            {
                throw new ArgumentException(
                    $"{file}:{number}: token file must have at least 3 columns (token, user, uid), found {columns.Count}", nameof(text));
            }

            if (columns[0].Length > 0)
            {
                Add(columns[0], columns[1], columns[2], columns.Count > 3 ? columns[3].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : []);
            }
        }
    }

    public void Add(string token, string user, string uid, IEnumerable<string> groups) =>
        _users[Digest(token)] = new UserInfo { Name = user, Uid = uid, Groups = [.. groups, UserInfo.AuthenticatedGroup] };

    public UserInfo? Find(string token) => _users.GetValueOrDefault(Digest(token));

    private static string Digest(string token) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));

    private static List<string> Columns(string line)
    {
        var columns = new List<string>();
        var column = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quoted)
            {
                if (c != '"')
                {
                    column.Append(c);
                }
                else if (i + 1 < line.Length && line[i + 1] == '"')
                {
                    column.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c == ',')
            {
                columns.Add(column.ToString());
                column.Clear();
            }
            else
            {
                column.Append(c);
            }
        }

        columns.Add(column.ToString());
        return columns;
    }
}
