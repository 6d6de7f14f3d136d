"""The one look of all forms."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, Submit
from django import forms


class PageForm(forms.Form):
    """A form that knows its own button; templates only say `{% crispy form %}`."""

    submit_label = "Simpan"
    cancel_url = ""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_method = "post"
        helper.attrs = {"novalidate": ""}  # our own sentences, also where the browser would stay silent
        helper.layout = Layout(*self.fields, *self._buttons())
        return helper

    def _buttons(self) -> list[object]:
        buttons: list[object] = [Submit("submit", self.submit_label, css_class="btn btn-primary")]
        if self.cancel_url:
            buttons.append(HTML('<a class="btn btn-quiet" href="{{ form.cancel_url }}">Batal</a>'))
        return buttons
