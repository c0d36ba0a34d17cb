"""Services of the house that know no word of the domain: authority, audit, files, jobs, messaging, pages."""
