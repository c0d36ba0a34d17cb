"""A filled form against its ``Form``: values and issues."""

from .reading import read_reply
from .template import Template, build
from .values import Reading

__all__ = ["Reading", "Template", "build", "read_reply"]
