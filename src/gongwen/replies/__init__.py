"""A filled form against its ``Form``: values and issues."""

from .reading import Reading, read_reply
from .template import Template, build

__all__ = ["Reading", "Template", "build", "read_reply"]
