"""The one way from a component's values to its template."""

from django.template.loader import get_template
from django.utils.safestring import SafeString


def render(name: str, /, **values: object) -> SafeString:
    """The template ``components/<name>.html`` with exactly these values, escaped, without outer white space."""
    return SafeString(get_template(f"components/{name}.html").render(values).strip())


def one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    """The value, when the design knows it; ValueError names the allowed ones, so that a slip shows at once."""
    if value not in allowed:
        raise ValueError(f"{name} is {value!r}; the design has {', '.join(allowed)}.")
    return value
