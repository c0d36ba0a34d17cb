"""The table route × role: who finds what, and who may do what, held against real answers.

Each app has a module here named after its label, with ``SUBJECTS``: for every route of its urls, by its full name, a function
that takes the ``World`` and says which subject the route is tried on:

    SUBJECTS = {
        "notices:list": lambda world: Subject(),                      # no subject in the address
        "notices:notice": lambda world: Subject(
            {"pk": notice(world).pk},                                 # belongs to the street of the world
            see=NoticePermission.VIEW, act=NoticePermission.REVIEW,   # as the view says to ``fetch``
        ),
        "pages:view-drop": lambda world: Subject({"pk": view.pk}, owner="recorder"),   # only its owner finds it
    }

A route that is not there, or whose view declares no access, fails the build.
"""
