"""The tree of units (组织机构): offices, departments, communities, schools and enterprises, and how it changed over time."""
