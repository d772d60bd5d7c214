namespace Weir.Yaml.Scanning;

/// <summary>Tokens that give a text its structure: documents, collections, keys and values.</summary>
internal sealed partial class Scanner
{
    private bool FetchStreamEnd()
    {
        if (Column != 0)
        {
            // The end counts as a new line.
            _lineStart = _position;
            _line++;
        }

        UnrollIndent(-1);
        if (!RemoveKey())
        {
            return false;
        }

        _keyAllowed = false;
        _isEndScanned = true;
        Append(TokenKind.StreamEnd, Here, Here);
        return true;
    }

    private bool FetchDocumentIndicator(TokenKind kind)
    {
        UnrollIndent(-1);
        if (!RemoveKey())
        {
            return false;
        }

        _keyAllowed = false;
        AppendIndicator(kind, 3);
        return true;
    }

    private bool FetchFlowStart(TokenKind kind)
    {
        if (!SaveKey())
        {
            return false;
        }

        if (_keyCount == _keys.Length)
        {
            Array.Resize(ref _keys, _keys.Length * 2);
        }

        _keys[_keyCount++] = new SimpleKey { Mark = Here };
        _flowLevel++;
        if (_flowLevel > MaxNesting)
        {
            return Fail($"exceeded max depth of {MaxNesting}", Here);
        }

        _keyAllowed = true;
        AppendIndicator(kind, 1);
        return true;
    }

    private bool FetchFlowEnd(TokenKind kind)
    {
        if (!RemoveKey())
        {
            return false;
        }

        if (_flowLevel > 0)
        {
            _flowLevel--;
            _keyCount--;
        }

        _keyAllowed = false;
        AppendIndicator(kind, 1);
        return true;
    }

    private bool FetchFlowEntry()
    {
        if (!RemoveKey())
        {
            return false;
        }

        _keyAllowed = true;
        AppendIndicator(TokenKind.FlowEntry, 1);
        return true;
    }

    private bool FetchBlockEntry()
    {
        if (_flowLevel == 0)
        {
            if (!_keyAllowed)
            {
                return Fail("block sequence entries are not allowed in this context", Here);
            }

            if (!RollIndent(Column, -1, TokenKind.BlockSequenceStart, Here))
            {
                return false;
            }
        }

        // In a flow collection the parser reports the entry.
        if (!RemoveKey())
        {
            return false;
        }

        _keyAllowed = true;
        AppendIndicator(TokenKind.BlockEntry, 1);
        return true;
    }

    private bool FetchKey()
    {
        if (_flowLevel == 0)
        {
            if (!_keyAllowed)
            {
                return Fail("mapping keys are not allowed in this context", Here);
            }

            if (!RollIndent(Column, -1, TokenKind.BlockMappingStart, Here))
            {
                return false;
            }
        }

        if (!RemoveKey())
        {
            return false;
        }

        _keyAllowed = _flowLevel == 0;
        AppendIndicator(TokenKind.Key, 1);
        return true;
    }

    private bool FetchValue()
    {
        ref var key = ref _keys[_keyCount - 1];
        if (!IsKeyStillPossible(ref key, out var isPossible))
        {
            return false;
        }

        if (isPossible)
        {
            _tokens.Insert(
                key.TokenNumber - _tokensParsed,
                new Token { Kind = TokenKind.Key, KeyLevel = -1, Start = key.Mark, End = key.Mark });
            if (!RollIndent(key.Mark.Column, key.TokenNumber, TokenKind.BlockMappingStart, key.Mark))
            {
                return false;
            }

            key.IsPossible = false;
            _keyAllowed = false;
        }
        else
        {
            if (_flowLevel == 0)
            {
                if (!_keyAllowed)
                {
                    return Fail("mapping values are not allowed in this context", Here);
                }

                if (!RollIndent(Column, -1, TokenKind.BlockMappingStart, Here))
                {
                    return false;
                }
            }

            _keyAllowed = _flowLevel == 0;
        }

        AppendIndicator(TokenKind.Value, 1);
        return true;
    }

    private void AppendIndicator(TokenKind kind, int length)
    {
        var start = Here;
        _position += length;
        Append(kind, start, Here);
    }
}
