"""The parts that pages are made of; each function here is a template tag, each has one template and one CSS file.

Templates get all of them by ``{% load components %}`` (a builtin of this project). Arguments are declared:
an unknown or missing one is a TemplateSyntaxError when the template is compiled. docs/look.md shows each in use,
and the page /componente/ (outside production) shows what they look like.
"""
