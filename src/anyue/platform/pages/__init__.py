"""What every page is made of: access, refusals, lists, forms, drafts, parts. No word of the domain."""
