"""Behind ``anyue serve``: what is done before, the processes that serve and run jobs, and the one that watches them."""
