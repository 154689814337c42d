"""The template library of the look: every tag and filter of core.components under one name."""

from django.template import Library

from core.components import actions, content, forms, navigation, text, tiles

register = Library()
for _part in (actions, content, forms, navigation, text, tiles):
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)
