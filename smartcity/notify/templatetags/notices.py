"""The number at the bell; a builtin library, so templates need no `load`."""

from typing import Any

from django import template

from smartcity.notify.models import Notice

register = template.Library()


@register.simple_tag(takes_context=True)
def unread(context: Any) -> int:
    """Asked once a page, however often it is drawn."""
    known = context.render_context
    if "unread" not in known:
        known["unread"] = Notice.objects.of(context["user"]).unread().count()
    return int(known["unread"])
