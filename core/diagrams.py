"""The page docs/workflows.md, drawn from the transition tables themselves."""

from django.utils.text import capfirst
from django.utils.translation import override

from core.workflow import Transition, Workflow, workflows

INTRODUCTION = """\
# What may follow what

Written by `python manage.py write_workflows` from the tables in each app's `workflow.py`; a test says when it is older.
"""


def workflows_page() -> str:
    """The whole page as Markdown with a diagram (Mermaid) and a table for each workflow, in English."""
    with override("en"):
        return "\n".join([INTRODUCTION, *(line for workflow in workflows() for line in _section(workflow))])


def _section(workflow: Workflow) -> list[str]:
    name = capfirst(str(workflow.model._meta.verbose_name))
    return [
        f"## {name}",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *_states(workflow),
        *(line for step in workflow.transitions.values() for line in _arrows(step)),
        "```",
        "",
        "| step | from | to | needs a reason | who may |",
        "|---|---|---|---|---|",
        *(_row(workflow, step) for step in workflow.transitions.values()),
        "",
    ]


def _states(workflow: Workflow) -> list[str]:
    field = workflow.model._meta.get_field(workflow.field)
    choices = getattr(field, "flatchoices", ())
    first = getattr(field, "default", "")
    return [
        *(f'    state "{label}" as {_key(state)}' for state, label in choices),
        f"    [*] --> {_key(str(first))}",
    ]


def _arrows(step: Transition) -> list[str]:
    return [
        f"    {_key(source)} --> {_key(step.target)}: {step.label}"
        for source in sorted(map(str, step.sources))
    ]


def _row(workflow: Workflow, step: Transition) -> str:
    sources = ", ".join(workflow.label(source) for source in sorted(map(str, step.sources)))
    reason = "yes" if step.needs_reason else ""
    who = step.permission or "the portal itself"
    return f"| {step.label} | {sources} | {workflow.label(step.target)} | {reason} | `{who}` |"


def _key(state: str) -> str:
    """Mermaid takes no hyphen in the name of a state."""
    return state.replace("-", "_")
