"""Rows of the desk."""

from .quick import QuickFile, QuickOutput, QuickRun

__all__ = ["QuickFile", "QuickOutput", "QuickRun"]
