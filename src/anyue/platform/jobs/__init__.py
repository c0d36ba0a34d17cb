"""Jobs: what takes longer than a request, with progress, retries and schedules.

    from anyue.platform.jobs.job import job
    from anyue.platform.jobs.reporting import progress
    from anyue.platform.jobs.schedules import daily

    # notices/jobs.py, found at start
    @job("notices.read", label=_("Read a notice"), retries=2, timeout=600)
    def read_notice(notice: int) -> None:
        row = Notice.objects.get(pk=notice)
        with progress(len(files)) as steps:
            for file in files:
                steps.step(file.name)
                ...

    # in a service, inside its transaction: nothing runs that is undone
    read_notice.by(by, subject=Subject.of(notice), place=unit.path).enqueue(notice.pk)

    @daily(hour=3)
    @job("notices.tidy", label=_("Tidy up"))
    def tidy() -> None: ...

A job may run twice (a process was killed): it must find what the first attempt left and end the same. Its arguments are
plain JSON: keys, never rows.
"""
