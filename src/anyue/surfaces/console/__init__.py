"""The staff shell: navigation, campaign and unit switchers, sign-in pages. No rules."""
