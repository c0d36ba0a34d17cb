"""Ways in. No rules live here: a surface calls the same functions as every other one."""
