"""Texts that try to become code. Each one calls `alert`, which the browser tests listen for; none may ever be heard.

Families are generated, so that a new trick is one line. `MARKUP` goes where text or HTML is expected, `ADDRESSES` where an
address is, `UNICODE` everywhere; `VECTORS` is all of them.
"""

from itertools import product

CALL = "alert(1)"

HANDLERS = (
    "onerror", "onload", "onfocus", "onclick", "onmouseover", "onanimationstart", "ontoggle", "onpointerenter", "onbegin",
    "onbeforeinput", "onpaste", "onscrollend",
)  # fmt: skip
CARRIERS = (
    '<img src="/x" {}={}>', "<svg {}={}>", '<details open {}={}>', '<input autofocus {}={}>', '<p tabindex="0" {}={}>x</p>',
)  # fmt: skip
EVENT_HANDLERS = [carrier.format(handler, CALL) for handler, carrier in product(HANDLERS, CARRIERS)]

ELEMENTS = [
    f"<script>{CALL}</script>",
    f"<SCRIPT SRC=data:,{CALL}></SCRIPT>",
    f"<script\x0c>{CALL}</script\x0c>",
    f"<script/random>{CALL}</script>",
    f"<scr<script>ipt>{CALL}</scr</script>ipt>",
    f"<script type=module>{CALL}</script>",
    f"<<script>{CALL}//<</script>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f'<iframe src="javascript:parent.{CALL}"></iframe>',
    f'<object data="data:text/html,<script>{CALL}</script>"></object>',
    f'<embed src="javascript:{CALL}">',
    f'<form action="javascript:{CALL}"><button>x</button></form>',
    f'<button formaction="javascript:{CALL}">x</button>',
    f'<meta http-equiv="refresh" content="0;url=javascript:{CALL}">',
    '<base href="//jahat.example/">',
    '<link rel="stylesheet" href="//jahat.example/x.css">',
    '<link rel="prefetch" href="//jahat.example/">',
    f"<body onload={CALL}>",
    f"<frameset onload={CALL}>",
    f"<video><source onerror={CALL}></video>",
    f"<audio src=x onerror={CALL}>",
    f"<marquee onstart={CALL}>x</marquee>",
    f"<isindex action=javascript:{CALL} type=image>",
    f"<keygen autofocus onfocus={CALL}>",
    f"<custom-x onfocus={CALL} tabindex=1 autofocus>",
    f"<img src=x:x onerror\x0b={CALL}>",
    f"<img/src='x'/onerror='{CALL}'/>",
    f'<img src="x` `<script>{CALL}</script>"` `>',
    f"<img src=1 href=1 onerror=\"javascript:{CALL}\"></img>",
    f"<a href=\"javascript:{CALL}\">x</a>",
    f"<a href=\"java&Tab;script:{CALL}\">x</a>",
    f"<a href=\"java&#10;script&colon;{CALL}\">x</a>",
    f"<a href=javascript&#58;{CALL}>x</a>",
    f'<area href="javascript:{CALL}">',
    '<a ping="//jahat.example/" href="#">x</a>',
    f'<a href="#" style="animation:x" onanimationend={CALL}>x</a>',
    f"<portal src='javascript:{CALL}'></portal>",
    f"<dialog open onclose={CALL}></dialog>",
    f"<template><script>{CALL}</script></template>",
    f"<div><template shadowrootmode=open><script>{CALL}</script></template></div>",
    f"<plaintext><script>{CALL}</script>",
    f"<xmp><img src=x onerror={CALL}></xmp>",
    f"<noframes><img src=x onerror={CALL}></noframes>",
    f"<ruby><rp><img src=x onerror={CALL}></rp></ruby>",
]  # fmt: skip

FOREIGN = [
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><script href='data:,{CALL}'/></svg>",
    f"<svg/onload={CALL}>",
    f"<svg><a xlink:href='javascript:{CALL}'><text y=20>x</text></a></svg>",
    f"<svg><a><animate attributeName=href values=javascript:{CALL} /><text y=20>x</text></a></svg>",
    f"<svg><set attributeName=onmouseover to={CALL}></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>{CALL}</script></svg>#x'></svg>",
    f"<svg><foreignObject><iframe srcdoc='<script>{CALL}</script>'></foreignObject></svg>",
    f"<svg><image href=x onerror={CALL}></svg>",
    f"<svg><title><img src=x onerror={CALL}></title></svg>",
    f"<svg><desc><![CDATA[</desc><script>{CALL}</script>]]></svg>",
    f"<svg><style>@import 'javascript:{CALL}'</style></svg>",
    f"<svg><handler xmlns:ev='http://www.w3.org/2001/xml-events' ev:event=load>{CALL}</handler></svg>",
    f"<math><maction actiontype=statusline xlink:href=javascript:{CALL}>x</maction></math>",
    f"<math href=javascript:{CALL}>x</math>",
    f"<math><annotation-xml encoding=text/html><script>{CALL}</script></annotation-xml></math>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={CALL}&gt;'>",
]  # fmt: skip

MUTATING = [
    f'<noscript><p title="</noscript><img src=x onerror={CALL}>">',
    f'<math><mtext><table><mglyph><svg><mtext><style><path id="</style><img onerror={CALL} src>">',
    f'<svg></p><style><a id="</style><img src=1 onerror={CALL}>">',
    f"<form><math><mtext></form><form><mglyph><svg><mtext><style><path id=\"</style><img onerror={CALL} src>\">",
    f'<math><mi//xlink:href="data:x,<script>{CALL}</script>">',
    f'<svg><p><style><g title="</style><img src=x onerror={CALL}>"></svg>',
    f'<select><template><style><!--</style><a rel="--></style></template></select><img src onerror={CALL}>">',
    f"<table><td><p title='</td></table><img src=x onerror={CALL}>'>",
    f"<listing>&lt;img src=x onerror={CALL}&gt;</listing>",
    f"<textarea><img title='</textarea><img src=x onerror={CALL}>'>",
    f"<title><a title='</title><img src=x onerror={CALL}>'>",
    f"<style><a title='</style><img src=x onerror={CALL}>'>",
    f"<iframe><a title='</iframe><img src=x onerror={CALL}>'>",
    f"<!--><img src=x onerror={CALL}>-->",
    f"<!--a--!><img src=x onerror={CALL}>-->",
    f"<![CDATA[><img src=x onerror={CALL}>]]>",
    f"<?xml version='1.0'?><img src=x onerror={CALL}>",
    f"<!DOCTYPE x [<!ENTITY e \"<img src=x onerror={CALL}>\">]>&e;",
    f"&lt;img src=x onerror={CALL}&gt;",
    f"&amp;lt;img src=x onerror={CALL}&amp;gt;",
    f"&#60;img src=x onerror={CALL}&#62;",
    f"&#x3C;img src=x onerror={CALL}&#x3e;",
    f"&#0000060img src=x onerror={CALL}&gt",
    f"%3Cimg%20src=x%20onerror={CALL}%3E",
    f"\\u003cimg src=x onerror={CALL}\\u003e",
    f"\\x3cscript\\x3e{CALL}\\x3c/script\\x3e",
    f"+ADw-script+AD4-{CALL}+ADw-/script+AD4-",
    f"¼script¾{CALL}¼/script¾",
    f"＜script＞{CALL}＜/script＞",
    f"<img src=x onerror={CALL}",
    f"<p title=\"a\nb\" onclick={CALL}",
]  # fmt: skip

BREAKOUTS = [
    f"{start}{middle}{end}"
    for start, end in (('"', ""), ("'", ""), ('">', "<x a=\""), ("'>", "<x a='"), ("`", "`"), ("</p>", "<p>"), ("]]>", ""), ("-->", ""))
    for middle in (f"<script>{CALL}</script>", f" onfocus={CALL} autofocus tabindex=1 ", f"<img src=x onerror={CALL}>")
] + [f"</{tag}><script>{CALL}</script>" for tag in (
    "script", "style", "title", "textarea", "noscript", "template", "svg", "math", "iframe", "xmp", "table", "select", "figure", "a",
)]  # fmt: skip

STYLES = [
    f'<p style="background:url(javascript:{CALL})">x</p>',
    f"<p style=\"width:expression({CALL})\">x</p>",
    f"<p style=\"-moz-binding:url(data:,{CALL})\">x</p>",
    "<p style=\"behavior:url(x.htc)\">x</p>",
    "<style>*{background:url('//jahat.example/?bocor')}</style>",
    "<style>@import url(//jahat.example/x.css);</style>",
    f"<style>@keyframes x{{}}</style><p style='animation-name:x' onanimationstart={CALL}>x</p>",
    "}</style><style>body{display:none}",
    "x;} body{display:none} .a{color:red",
    "url(//jahat.example/x.png)",
    "expression(alert(1))",
    "\\65 xpression(alert(1))",
    '<p style="position:fixed;inset:0;z-index:9999">menutupi</p>',
    '<link rel=stylesheet href="data:text/css,*{display:none}">',
]  # fmt: skip

TEMPLATES = [
    "{{ 7*7 }}", "{% load static %}{% debug %}", "{% include '/etc/passwd' %}", "{{ settings.SECRET_KEY }}", "{{ request.user.password }}",
    "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{constructor.constructor('alert(1)')()}}", "{{'a'.constructor.prototype.charAt=[].join}}",
    "{% templatetag openblock %}", "{# komentar #}", "{% csrf_token %}", "%(SECRET_KEY)s", "{0.__class__}", "{user.__init__.__globals__}",
    "__proto__", "constructor", "hasOwnProperty", "toString", "[object Object]", "undefined", "NaN", "=HYPERLINK(\"http://jahat.example\")",
    "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "+1+1", "-1+1", "'; DROP TABLE masterplan_section; --", "' OR '1'='1",
    "\\'; SELECT pg_sleep(5); --", "$(touch /tmp/x)", "`id`", "; rm -rf /", "../../../../etc/passwd", "..\\..\\windows\\win.ini",
    "/etc/passwd%00.png", "CON", "nul.docx", "x\r\nSet-Cookie: a=b", "x\r\n\r\n<script>alert(1)</script>", "(\\) /JS (app.alert(1)) /S /JavaScript",
    ">> endobj 1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >>", "%PDF-1.7", "\\input{/etc/passwd}", "\\write18{id}",
]  # fmt: skip

SCHEMES = (
    "javascript:", "JaVaScRiPt:", "java\tscript:", "java\nscript:", "java\rscript:", " javascript:", "\x01javascript:", "\u00a0javascript:",
    "\u2028javascript:", "javascript\t:", "javascript&colon;", "javascript&#58;", "javascript&#x3A;", "&#106;avascript:", "&#x6A;avascript:",
    "javascript%3A", "java\\x73cript:", "jаvascript:", "javascript\u200b:", "\ufeffjavascript:", "feed:javascript:", "view-source:javascript:",
    "x-javascript:", "livescript:", "mocha:", "vbscript:", "VBScript:", "vbs\tcript:", "data:text/html,", "data:text/html;base64,",
    "DATA:text/html,", "data:image/svg+xml,", "data:application/xhtml+xml,", "data:,", "blob:", "filesystem:", "file:///", "ftp://",
    "tel:", "sms:", "intent:", "ms-word:", "about:", "chrome:", "jar:", "ws://", "gopher://", "ldap://", "smb://", "//", "\\\\", "/\\", "/",
    "", "http:", "https:", "https:/", "http:\\\\", "https://\t", "mailto: ", "#", "# ", "?",
)  # fmt: skip
ADDRESSES = [f"{scheme}{CALL}" for scheme in SCHEMES] + [
    'https://jahat.example/" onclick="alert(1)', "https://jahat.example/' onclick='alert(1)", "https://jahat.example/><script>alert(1)</script>",
    "https://jahat.example/\njavascript:alert(1)", "https://user:pass@jahat.example/", "https://contoh.example@jahat.example/",
    "https://xn--80ak6aa92e.com/", "https://[::1]/", "https://127.0.0.1:1/", "https://jahat.example/\u202egnp.exe", "http://%00/",
    "https://jahat.example/)/JS(app.alert(1))", "https://jahat.example/\\) >> /S /JavaScript /JS (app.alert\\(1\\)", "mailto:a@b?subject=<script>alert(1)</script>",
    'mailto:"onclick=alert(1)"@b.example', "mailto:a@b.example\r\nBcc: c@d.example", "#a\" onclick=\"alert(1)", "#x<script>alert(1)</script>",
    "https://" + "a" * 3000,
]  # fmt: skip

UNICODE = [
    "\u0000", "a\u0000b", "<scr\u0000ipt>alert(1)</scr\u0000ipt>", "\ud800", "\udc00\ud800", "a\udfffb", "\u202egnp.exe", "\u2066\u202e\u2069",
    "\ufeff", "\ufffe", "\uffff", "\U0010ffff", "\u2028alert(1)\u2029", "\u0085", "\x7f", "\x1b[31m", "\x08\x08\x08", "\x0b\x0c", "A\u0301" * 40,
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034dA", "\u1160", "\u115f\u3164",
    "\u200b\u200c\u200d\u2060", "\U000e0001\U000e0041", "\ufdfa\ufdfd", "İıſK", "ß", "\ufb00", "\u3031", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", "\U0001f1ee\U0001f1e9\U0001f1ee\U0001f1e9\U0001f1ee", "\U0001d552\U0001d55d\U0001d556\U0001d563\U0001d565", "\u202e\u202d\u202a", "\u061c\u200e\u200f",
    "ᓚᘏᗢ" * 20, "-" * 5000, " " * 2000, "\n" * 50, "\t\t\t", "",
]  # fmt: skip

MARKUP = [*EVENT_HANDLERS, *ELEMENTS, *FOREIGN, *MUTATING, *BREAKOUTS, *STYLES, *TEMPLATES]
VECTORS = list(dict.fromkeys([*MARKUP, *ADDRESSES, *UNICODE]))
