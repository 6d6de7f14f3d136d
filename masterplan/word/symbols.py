"""Letters of symbol fonts (Wingdings and its kin) as letters that every font has."""

UNKNOWN = "•"


def symbol(font: str, code: str) -> str:
    from mammoth.docx.dingbats import dingbats  # noqa: PLC0415 - a thousand entries that few files need

    try:
        point = int(code, 16)
    except ValueError:
        return ""
    private = point >= 0xF000
    known = dingbats.get((font, point & 0xFF if private else point))
    if known:
        return chr(known)
    if private:
        return UNKNOWN
    return chr(point) if 0x20 <= point < 0xD800 else ""
