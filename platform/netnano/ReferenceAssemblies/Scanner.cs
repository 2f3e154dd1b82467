using System.Collections.Generic;
using System.Text;

namespace Sensors.NetNano.ReferenceAssemblies;

/// <summary>Reads one line of a listing from left to right.</summary>
internal sealed class Scanner
{
    private readonly string _file;
    private readonly int _line;
    private readonly string _text;
    private int _at;

    public Scanner(string file, int line, string text)
    {
        _file = file;
        _line = line;
        _text = text;
        SkipBlanks();
    }

    public bool AtEnd => _at == _text.Length;

    public char Next => AtEnd ? '\0' : _text[_at];

    public bool Take(string symbol)
    {
        if (string.CompareOrdinal(_text, _at, symbol, 0, symbol.Length) != 0)
        {
            return false;
        }

        _at += symbol.Length;
        SkipBlanks();
        return true;
    }

    public void Expect(string symbol)
    {
        if (!Take(symbol))
        {
            throw Error($"expected '{symbol}'");
        }
    }

    /// <summary>Takes a whole word if it is the one asked for.</summary>
    public bool TakeWord(string word)
    {
        int end = _at + word.Length;
        return (end >= _text.Length || !IsNamePart(_text[end])) && Take(word);
    }

    /// <summary>Takes every leading word that is in the set.</summary>
    public HashSet<string> TakeWords(params string[] allowed)
    {
        var taken = new HashSet<string>();
        bool found;
        do
        {
            found = false;
            foreach (string word in allowed)
            {
                found |= TakeWord(word) && taken.Add(word);
            }
        }
        while (found);
        return taken;
    }

    /// <summary>Takes an identifier, or several joined by dots.</summary>
    public string TakeName()
    {
        int start = _at;
        while (!AtEnd && (IsNamePart(_text[_at]) || _text[_at] == '.'))
        {
            _at++;
        }

        if (start == _at)
        {
            throw Error("expected a name");
        }

        string name = _text[start.._at];
        SkipBlanks();
        return name;
    }

    public TypeName TakeType()
    {
        string name = TakeName();
        var arguments = new List<TypeName>();
        if (Take("<"))
        {
            do
            {
                arguments.Add(TakeType());
            }
            while (Take(","));
            Expect(">");
        }

        int ranks = 0;
        while (Take("[]"))
        {
            ranks++;
        }

        return new TypeName(name, arguments, ranks);
    }

    /// <summary>Takes a number, a quoted text or character, or a word such as <c>null</c>.</summary>
    public Literal TakeLiteral()
    {
        var text = new StringBuilder();
        char quote = Next is '"' or '\'' ? Next : '\0';
        if (quote != '\0')
        {
            do
            {
                if (Next == '\\')
                {
                    text.Append(_text[_at++]);
                }

                text.Append(Next);
                _at++;
                if (AtEnd)
                {
                    throw Error("the quotation does not end");
                }
            }
            while (Next != quote);
            text.Append(_text[_at++]);
        }
        else
        {
            while (!AtEnd && (IsNamePart(Next) || Next is '.' or '-' or '+'))
            {
                text.Append(_text[_at++]);
            }
        }

        SkipBlanks();
        return text.Length == 0 ? throw Error("expected a value") : new Literal(text.ToString());
    }

    public void ExpectEnd()
    {
        if (!AtEnd)
        {
            throw Error("nothing is known to stand here");
        }
    }

    public ListingException Error(string message) => new(_file, _line, $"{message} at column {_at + 1}: {_text}");

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private void SkipBlanks()
    {
        while (!AtEnd && _text[_at] == ' ')
        {
            _at++;
        }
    }
}
